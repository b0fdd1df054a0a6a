import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vite';
import { oneByteSources } from './tools/one-byte.mjs';

/** Each file directly in bench/ is one benchmark; what they share lies in folders below. */
const benchmarks = readdirSync('bench').filter((name) => name.endsWith('.ts'));

export default defineConfig({
  plugins: [oneByteSources()],
  ssr: { noExternal: true, external: ['playwright-core', '@playwright/test', '@resvg/resvg-js'] },
  build: {
    ssr: true,
    outDir: 'dist/bench',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: {
        ...Object.fromEntries(benchmarks.map((name) => [basename(name, '.ts'), `bench/${name}`])),
        // What bench/workers.ts starts.
        worker: 'cli/worker.ts',
        // And what bench/fluid.ts starts.
        'fluid-alone': 'bench/support/fluid-alone.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
