import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plant } from './planted.ts';

/** What a folder may not use of its host is a type error there: each is used once, and the compiler has to object. */
const violations: readonly (readonly [project: string, file: string, text: string, name: RegExp])[] = [
  ['sim-core', 'sim-core/v1.ts', `export const a = window.innerWidth;\n`, /'window'/],
  ['sim-core', 'sim-core/v2.ts', `export const a = process.argv;\n`, /'process'/],
  ['sim-core', 'sim-core/v3.ts', `console.log(1);\nexport {};\n`, /'console'/],
  ['sim-core', 'sim-core/v4.ts', `setTimeout(() => {}, 1);\nexport {};\n`, /'setTimeout'/],
  ['sim-core', 'sim-core/v5.ts', `export const a = performance.now();\n`, /'performance'/],
  [
    'sim-core',
    'sim-core/v6.ts',
    `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n`,
    /node:fs/,
  ],
  ['sim-core', 'sim-core/v7.ts', `export const a = new TextDecoder();\n`, /'TextDecoder'/],
  ['cli', 'cli/v8.ts', `export const a = document.title;\n`, /'document'/],
  ['renderer', 'renderer/v9.ts', `export const a = process.argv;\n`, /'process'/],
  ['renderer', 'renderer/v10.ts', `export const a = Buffer.alloc(1);\n`, /'Buffer'/],
  ['sim-core', 'sim-core/v11.ts', `export const a = (x: readonly number[]): number => x[0];\n`, /number \| undefined/],
];

const planted = plant({
  'renderer/app.ts': 'export const title = document.title;\n',
  'cli/main.ts': 'console.log(process.argv.length);\n',
  'sim-core/units.ts': 'export const second: number = 1;\n',
  ...Object.fromEntries(violations.map(([, file, text]) => [file, text])),
});
const output = new Map<string, string>();

beforeAll(() => {
  const tsc = join(planted.folder, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const project of new Set(violations.map(([name]) => name))) {
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false'], {
      cwd: planted.folder,
      encoding: 'utf8',
    });
    output.set(project, stdout);
  }
});
afterAll(() => planted.remove());

const saidOf = (project: string, file: string) =>
  (output.get(project) ?? '').split('\n').filter((line) => line.startsWith(`${file}(`));

describe('the host is a type error where it must not be used', () => {
  it.each(violations)('%s: %s', (project, file, _text, name) => {
    expect(saidOf(project, file).join('\n')).toMatch(name);
  });
  it.each([
    ['sim-core', 'sim-core/units.ts'],
    ['renderer', 'renderer/app.ts'],
    ['cli', 'cli/main.ts'],
  ])('%s: %s passes', (project, file) => {
    expect(saidOf(project, file)).toEqual([]);
  });
});
