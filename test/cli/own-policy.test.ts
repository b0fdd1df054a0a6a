import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench } from '../support/command-line.ts';
import { smallScenario } from '../support/scenario-text.ts';

const bench = createBench();
beforeAll(() => mkdirSync(join(bench.folder, 'shop/policies'), { recursive: true }));
afterAll(() => bench.remove());

const withPolicy = (file: string) => `${smallScenario}  - {name: own, controller: {custom: {file: ${file}, max: 9}}}\n`;
const steady = 'export default () => ({ replicas: 3 });';

async function refused(file: string): Promise<string> {
  bench.write('shop/scenario.yaml', withPolicy(file));
  const { exitCode, stdout, stderr } = await bench.run('validate shop/scenario.yaml');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  return stderr;
}

describe('a policy in a file beside the scenario', () => {
  it('is found relative to the scenario, and runs', async () => {
    bench.write('shop/policies/own.js', steady);
    bench.write('shop/scenario.yaml', withPolicy('policies/own.js'));
    const { exitCode, stdout, stderr } = await bench.run('compare shop/scenario.yaml');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/\nown +\d/);
  });

  it('is refused at its mention when it cannot be read, with the reason and what was probably meant', async () => {
    bench.write('shop/policies/own.js', steady);
    const place = /^shop\/scenario\.yaml:\d+:\d+: error: /;
    const gone = await refused('policies/owm.js');
    expect(gone).toMatch(place);
    expect(gone).toMatch(
      /There is no file policies\/owm\.js\. Did you mean policies\/own\.js\? Policies are named relative/,
    );
    mkdirSync(join(bench.folder, 'shop/folder.ts'), { recursive: true });
    expect(await refused('folder.ts')).toMatch(/: error: folder\.ts is a folder\./);
    symlinkSync('/dev/null', join(bench.folder, 'shop/device.ts'));
    expect(await refused('device.ts')).toMatch(/: error: device\.ts is not a regular file\./);
    bench.write('shop/latin.ts', Uint8Array.of(0x2f, 0x2f, 0xe9, 0x0a));
    expect(await refused('latin.ts')).toMatch(/: error: latin\.ts is not text in UTF-8\./);
    bench.write('shop/large.ts', `//${'x'.repeat(99_999)}`);
    const large = await refused('large.ts');
    expect(large).toMatch(place);
    expect(large).toMatch(/large\.ts has 100001 bytes; a policy may have 100000\..*policy-too-large/);
  });

  it('is refused at its own line and column when it is no policy', async () => {
    bench.write('shop/policies/own.ts', 'export default function () {\n  const a = 1 const b = 2;\n}\n');
    expect(await refused('policies/own.ts')).toMatch(
      /^shop\/policies\/own\.ts:2:15: error: The policy in policies\/own\.ts cannot be used\. Syntax error: .*\(bad-policy\) \[named at policies\[2\]/,
    );
  });

  it('runs as docs/custom-policies.md shows it, as the same policy within the scenario does', async () => {
    const page = readFileSync(new URL('../../docs/custom-policies.md', import.meta.url), 'utf8');
    const [inline = '', named = ''] = [...page.matchAll(/```yaml\npolicies:\n([^`]*(?:`[^`]+`[^`]*)*?)```/g)].map(
      ([, example = '']) => example,
    );
    const [, source = ''] = /```typescript\n([^]*?)```/.exec(page) ?? [];
    bench.write('shop/policies/calm.ts', source);
    const table = async (policies: string) => {
      bench.write('shop/scenario.yaml', `${smallScenario}${policies}`);
      const { exitCode, stdout, stderr } = await bench.run('compare shop/scenario.yaml -o json');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      return stdout;
    };
    expect(inline).toContain('source: |');
    expect(named).toContain('file: policies/calm.ts');
    expect(await table(named)).toBe(await table(inline));
  });
});
