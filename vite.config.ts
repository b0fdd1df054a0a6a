import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { oneByteSources } from './tools/one-byte.mjs';

/**
 * zod compiles its parsers where it may, and finds out by trying: under the page's content security policy the refusal
 * would be logged as an error on every start. So it is told beforehand that it may not.
 */
const zodWithoutEval = (): Plugin => ({
  name: 'zod-without-eval',
  transform: {
    filter: { id: /zod\/v4\/core\/core\.js$/ },
    handler(code) {
      if (!code.includes('export const globalConfig')) throw new Error('zod keeps its configuration elsewhere now');
      return { code: `${code}\nglobalConfig.jitless = true;\n`, map: null };
    },
  },
});

/**
 * The workbench: one set of files, shown by Electron through app:// and by a browser through tools/serve.mjs.
 * Paths are relative and nothing is inlined, so that both can serve it under a strict content security policy.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), zodWithoutEval(), oneByteSources()],
  worker: { format: 'es', plugins: () => [zodWithoutEval(), oneByteSources()] },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
});
