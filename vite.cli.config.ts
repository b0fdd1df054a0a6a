import { defineConfig } from 'vite';
import { oneByteSources } from './tools/one-byte.mjs';

/** The command line and its worker threads: two plain Node modules with everything but native parts inside. */
export default defineConfig({
  plugins: [oneByteSources()],
  ssr: { noExternal: true, external: ['@resvg/resvg-js'] },
  build: {
    ssr: true,
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: { headroom: 'cli/main.ts', worker: 'cli/worker.ts' },
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner: (chunk) => (chunk.name === 'headroom' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
