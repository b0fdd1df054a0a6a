import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that put other modules in the place of real ones, or live in processes of their own. */
const alone = [
  'test/electron/**/*.test.ts',
  'test/renderer/**/*.test.ts',
  'test/property/{controller-stages,stage-breaks,streams}.test.ts',
];

export default defineConfig({
  resolve: {
    // Importing the real package under Node tries to download Electron's binary.
    alias: { electron: fileURLToPath(new URL('test/electron/electron-stub.ts', import.meta.url)) },
  },
  test: {
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', ...alone],
          // The core keeps no state, so its modules are loaded once for all of these files: most of the time went there.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
