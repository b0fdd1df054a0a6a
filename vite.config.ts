import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The workbench: one set of files, shown by Electron through app:// and by a browser through tools/serve.mjs.
 * Paths are relative and nothing is inlined, so that both can serve it under a strict content security policy.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
});
