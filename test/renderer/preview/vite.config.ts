import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npx vite --config test/renderer/preview/vite.config.ts`: the charts alone, on made-up results. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { host: '127.0.0.1' },
});
