/**
 * What is built, from which sources, by which configuration, into what. `sources` decide whether a target is stale.
 *
 * @typedef {{ name: string, config: string, sources: string[], output: string }} Target
 * @type {Target[]}
 */
export const targets = [
  {
    name: 'renderer',
    config: 'vite.config.ts',
    sources: ['renderer', 'sim-core', 'scenarios'],
    output: 'dist/renderer/index.html',
  },
  { name: 'cli', config: 'vite.cli.config.ts', sources: ['cli', 'sim-core'], output: 'dist/cli/headroom.js' },
  {
    name: 'electron',
    config: 'vite.electron.config.ts',
    sources: ['electron', 'renderer/platform'],
    output: 'dist/electron/main.js',
  },
  { name: 'preload', config: 'vite.preload.config.ts', sources: ['electron'], output: 'dist/electron/preload.cjs' },
  { name: 'bench', config: 'vite.bench.config.ts', sources: ['bench', 'cli', 'sim-core'], output: 'dist/bench' },
];
