import { isPolicyFile, recogniseManifest } from '../../../sim-core/index.ts';

/** What a file given from outside seems to be, by its content; the name only breaks a tie. */
export type FileGuess = 'scenario' | 'manifest' | 'policy' | 'data' | 'image' | 'unknown-text';

/** How much of a file is looked at, bytes. */
export const guessLength = 64 * 1024;

/** @param bytes the beginning of the file */
export function guessFile(name: string, bytes: Uint8Array): FileGuess {
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, guessLength));
  if (/^\s*["']?schema["']?\s*:\s*["']?headroom\/v\d/m.test(head) || /"schema"\s*:\s*"headroom\/v\d"/.test(head))
    return 'scenario';
  const structured = /\.(ya?ml|json|tf|hcl|nomad)$/i.test(name) || !/\.[a-z0-9]+$/i.test(name);
  if (structured && recogniseManifest(head) !== undefined) return 'manifest';
  // A binary of such a name is no program: `.ts` is a film, too.
  if (isPolicyFile(name) && !head.includes('\0')) return 'policy';
  if (/\.(png|jpe?g|gif|webp|svg|pdf)$/i.test(name)) return 'image';
  if (/\.ya?ml$/i.test(name)) return 'unknown-text';
  return 'data';
}
