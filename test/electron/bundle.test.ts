import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';
import { build } from 'vite';
import { expect, it } from 'vitest';

/** Builds as `npm run build` does, without writing. */
async function bundle(configuration: string): Promise<readonly Rolldown.OutputChunk[]> {
  const built = await build({
    configFile: fileURLToPath(new URL(`../../${configuration}`, import.meta.url)),
    logLevel: 'error',
    build: { write: false, sourcemap: false },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output).filter((part) => part.type === 'chunk');
}

it('bundles the preload into one CommonJS file that needs nothing but electron, as the sandbox asks', async () => {
  const chunks = await bundle('vite.preload.config.ts');
  expect(chunks.map(({ fileName, imports, dynamicImports }) => ({ fileName, imports, dynamicImports }))).toEqual([
    { fileName: 'preload.cjs', imports: ['electron'], dynamicImports: [] },
  ]);
  expect(chunks[0]?.code).toMatch(/require\(["']electron["']\)/);
  expect(chunks[0]?.code).not.toMatch(/^\s*(import|export)\s/m);
  // Small, because it runs before every page: no schema, no parser.
  expect(chunks[0]?.code.length).toBeLessThan(4000);
});

it('bundles the main process with nothing left outside but electron and Node', async () => {
  const chunks = await bundle('vite.electron.config.ts');
  const outside = new Set(chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]));
  expect([...outside].filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
});
