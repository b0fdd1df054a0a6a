import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A small repository with the real rules and the files given, to see what the tools say of it. */
export function plant(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-planted-'));
  const rules = ['.oxlintrc.json', 'tools/lint', 'tsconfig.json', 'tsconfig.base.json', 'package.json'];
  const settings = ['sim-core', 'renderer', 'cli', 'electron'].map((part) => `${part}/tsconfig.json`);
  for (const path of [...rules, ...settings]) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
