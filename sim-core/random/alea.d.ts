/** One generator of seedrandom by itself: the package's own entry would bring all of them, and Node's crypto, along. */
declare module 'seedrandom/lib/alea.js' {
  import type { PRNG } from 'seedrandom';
  const alea: (seed: string) => PRNG;
  export default alea;
}
