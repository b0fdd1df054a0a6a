import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plant } from './planted.ts';

/**
 * Rules that never fire look just like rules that are kept. So each one is broken once, in a planted repository, and
 * the linter has to object with the reason.
 */
const targets = {
  'sim-core/index.ts': `export { tick } from './kernel/clock.ts';\nexport type { Clock } from './kernel/clock.ts';\n`,
  'sim-core/kernel/clock.ts': `export interface Clock { readonly time: number }\nexport const tick = 1;\n`,
  'sim-core/kernel/contract.ts': `export interface Port { readonly name: string }\nexport const port = 1;\n`,
  'sim-core/kernel/columns.ts': `export const columnNames = ['ready'];\n`,
  'sim-core/autoscaling/contract.ts': `export interface Controller { readonly kind: string }\nexport const kinds = 1;\n`,
  'sim-core/alerts/rule.ts': `export const rule = 1;\n`,
  'sim-core/random/stream.ts': `export const stream = 1;\n`,
  'sim-core/statistics/interval.ts': `export const interval = 1;\n`,
  'sim-core/scenario/build.ts': `import { tick } from '../kernel/clock.ts';\nexport const build = tick;\n`,
  'sim-core/experiment/result.ts': `export interface RunResult { readonly policy: string }\n`,
  'sim-core/experiment/run.ts': `export const run = 1;\n`,
  'sim-core/workload/contract.ts': `export interface Rate { readonly value: number }\n`,
  'electron/ipc/contract.ts': `export interface Open { readonly title: string }\nexport const channels = 1;\n`,
  'renderer/platform/contract.ts': `export const hostCommands = ['open'];\n`,
  'renderer/stores/runs.ts': `export const runs = 1;\n`,
  'cli/main.ts': `export const main = 1;\n`,
  'test/support/fixture.ts': `export const fixture = 1;\n`,
};

/** file, its text, and what the linter must say of it */
const violations: readonly (readonly [file: string, text: string, reason: RegExp])[] = [
  [
    'sim-core/units/v1.ts',
    `import { stream } from '../random/stream.ts';\nexport const a = stream;\n`,
    /ground everything stands on/,
  ],
  [
    'sim-core/expression/v43.ts',
    `import { stream } from '../random/stream.ts';\nexport const a = stream;\n`,
    /works out formulas from named numbers/,
  ],
  [
    'sim-core/fitting/v44.ts',
    `import type { Port } from '../kernel/contract.ts';\nexport type A = Port;\n`,
    /measured durations into distributions/,
  ],
  [
    'sim-core/calibration/v45.ts',
    `import { stream } from '../random/stream.ts';\nexport const a = stream;\n`,
    /off recorded series alone/,
  ],
  [
    'sim-core/sizing/v46.ts',
    `import { columnNames } from '../kernel/columns.ts';\nexport const a = columnNames;\n`,
    /works out on paper/,
  ],
  [
    'sim-core/manifest/v47.ts',
    `import { interval } from '../statistics/interval.ts';\nexport const a = interval;\n`,
    /runs nothing and measures nothing/,
  ],
  [
    'sim-core/alerts/v48.ts',
    `import type { Rate } from '../workload/contract.ts';\nexport type A = Rate;\n`,
    /sees rows, not how they came to be/,
  ],
  [
    'sim-core/reality/v49.ts',
    `import { rule } from '../alerts/rule.ts';\nexport const a = rule;\n`,
    /puts a scenario to its recording/,
  ],
  [
    'sim-core/random/v2.ts',
    `import { tick } from '../kernel/clock.ts';\nexport const a = tick;\n`,
    /know nothing of the simulation/,
  ],
  [
    'sim-core/statistics/v3.ts',
    `import type { RunResult } from '../experiment/result.ts';\nexport type A = RunResult;\n`,
    /know nothing of the simulation/,
  ],
  ['sim-core/queueing/v4.ts', `export { tick } from '../kernel/clock.ts';\n`, /know nothing of the simulation/],
  [
    'sim-core/queueing/v5.ts',
    `export const a = import('../autoscaling/contract.ts');\n`,
    /know nothing of the simulation/,
  ],
  [
    'sim-core/queueing/v6.ts',
    `import { stream } from '../random/stream.ts';\nexport const a = stream;\n`,
    /draws no random numbers/,
  ],
  [
    'sim-core/autoscaling/v7.ts',
    `import { port } from '../kernel/contract.ts';\nexport const a = port;\n`,
    /only through Observation/,
  ],
  [
    'sim-core/autoscaling/v8.ts',
    `import type { Clock } from '../kernel/clock.ts';\nexport type A = Clock;\n`,
    /only through Observation/,
  ],
  [
    'sim-core/autoscaling/v9.ts',
    `import { build } from '../scenario/build.ts';\nexport const a = build;\n`,
    /only through Observation/,
  ],
  [
    'sim-core/kernel/v10.ts',
    `import { kinds } from '../autoscaling/contract.ts';\nexport const a = kinds;\n`,
    /through contracts/,
  ],
  [
    'sim-core/workload/v11.ts',
    `import { tick } from '../kernel/clock.ts';\nexport const a = tick;\n`,
    /describe demand/,
  ],
  [
    'sim-core/analysis/v12.ts',
    `import { tick } from '../kernel/clock.ts';\nexport const a = tick;\n`,
    /only scenario\/build\.ts wires a whole model/,
  ],
  [
    'sim-core/export/v13.ts',
    `import { run } from '../experiment/run.ts';\nexport const a = run;\n`,
    /stand on top of the core/,
  ],
  [
    'sim-core/trace/v14.ts',
    `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n`,
    /nothing of a host/,
  ],
  [
    'sim-core/trace/v15.ts',
    `import { runs } from '../../renderer/stores/runs.ts';\nexport const a = runs;\n`,
    /nothing of a host/,
  ],
  [
    'renderer/sim/v16.ts',
    `import { tick } from '../../sim-core/kernel/clock.ts';\nexport const a = tick;\n`,
    /one way in/,
  ],
  ['cli/v17.ts', `import type { Clock } from '../sim-core/kernel/clock.ts';\nexport type A = Clock;\n`, /one way in/],
  ['electron/v18.ts', `import { run } from '../sim-core/experiment/run.ts';\nexport const a = run;\n`, /one way in/],
  ['renderer/platform/v19.ts', `import { app } from 'electron';\nexport const a = app;\n`, /plain browser/],
  [
    'renderer/platform/v20.ts',
    `import { channels } from '../../electron/ipc/contract.ts';\nexport const a = channels;\n`,
    /types of its IPC contract/,
  ],
  [
    'electron/v21.ts',
    `import { runs } from '../renderer/stores/runs.ts';\nexport const a = runs;\n`,
    /nothing it shows/,
  ],
  ['electron/v22.ts', `import { ipcMain } from 'electron';\nexport const a = ipcMain;\n`, /checks the sender/],
  [
    'cli/v23.ts',
    `import { runs } from '../renderer/stores/runs.ts';\nexport const a = runs;\n`,
    /where there is no window/,
  ],
  [
    'renderer/stores/v24.ts',
    `import { fixture } from '../../test/support/fixture.ts';\nexport const a = fixture;\n`,
    /not shipped/,
  ],
  ['cli/v25.ts', `export const a = '../shared/traces/a.csv';\n`, /outside the repository/],
  ['renderer/stores/v26.ts', `import { b } from './v27.ts';\nexport const a = (): number => b();\n`, /cycle/i],
  ['renderer/stores/v27.ts', `import { a } from './v26.ts';\nexport const b = (): number => a();\n`, /cycle/i],
  [
    'renderer/stores/v28.ts',
    `async function a(): Promise<void> {}\nexport function b(): void {\n  a();\n}\n`,
    /promises must be awaited/i,
  ],
  ['sim-core/units/v30.ts', `export const a = (x: number): number => Math.log(x);\n`, /Math\.log .*last bit differs/],
  ['sim-core/units/v31.ts', `const { exp } = Math;\nexport const a = exp;\n`, /Math\.exp .*last bit differs/],
  [
    'sim-core/units/v32.ts',
    `export const a = (x: number): number => Math['sin'](x);\n`,
    /Math\.sin .*last bit differs/,
  ],
  ['sim-core/units/v33.ts', `export const a = (x: number): number => x ** 2;\n`, /\*\* operator .*last bit differs/],
  [
    'sim-core/units/v34.ts',
    `export function a(x: number): number {\n  x **= 2;\n  return x;\n}\n`,
    /\*\*= operator .*last bit differs/,
  ],
  ['sim-core/random/v35.ts', `export const a = (): number => Math.random();\n`, /named stream/],
  ['sim-core/random/v36.ts', `export const a = (): number => Date.now();\n`, /no wall clock/],
  ['sim-core/random/v37.ts', `export const a = (): Date => new Date();\n`, /reads the wall clock/],
  ['sim-core/random/v38.ts', `export const a = (): string => Date();\n`, /reads the wall clock/],
  ['sim-core/random/v39.ts', `export const a = (x: number): string => x.toLocaleString();\n`, /locale/],
  ['sim-core/random/v40.ts', `export const a = new Intl.NumberFormat('en');\n`, /locale/],
  ['sim-core/random/v41.ts', `console.log(1);\nexport {};\n`, /no host to print to/],
  ['sim-core/random/v42.ts', `setTimeout(() => {}, 1);\nexport {};\n`, /the host decides when to go on/],
];

/** what stands close to a violation and is allowed */
const allowed: Readonly<Record<string, string>> = {
  'sim-core/autoscaling/ok1.ts': `import type { Port } from '../kernel/contract.ts';\nexport type A = Port;\n`,
  'sim-core/kernel/ok2.ts': `import type { Controller } from '../autoscaling/contract.ts';\nexport type A = Controller;\n`,
  'sim-core/experiment/ok3.ts': `import { build } from '../scenario/build.ts';\nexport const a = build;\n`,
  'sim-core/analysis/ok4.ts': `import { columnNames } from '../kernel/columns.ts';\nimport type { RunResult } from '../experiment/result.ts';\nexport const a = columnNames;\nexport type A = RunResult;\n`,
  'sim-core/queueing/ok5.ts': `import { interval } from '../statistics/interval.ts';\nexport const a = interval;\n`,
  'renderer/sim/ok6.ts': `import { tick } from '../../sim-core/index.ts';\nimport type { Open } from '../../electron/ipc/contract.ts';\nexport const a = tick;\nexport type A = Open;\n`,
  'electron/ipc/ok7.ts': `import { hostCommands } from '../../renderer/platform/contract.ts';\nexport const a = hostCommands;\n`,
  'sim-core/units/ok8.ts': `export const a = Math.sqrt(2 ** 53) + Math.floor(1.5);\nexport const b = (d: string): Date => new Date(d);\nexport const c = 10n ** BigInt(3);\n`,
};

interface Finding {
  readonly filename: string;
  readonly message: string;
  readonly help?: string;
}

const planted = plant({
  ...targets,
  ...Object.fromEntries(violations.map(([file, text]) => [file, text])),
  ...allowed,
});
let findings: readonly Finding[] = [];

beforeAll(() => {
  const oxlint = join(planted.folder, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--type-aware', '-f', 'json'], {
    cwd: planted.folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  findings = (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
});
afterAll(() => planted.remove());

const saidOf = (file: string) =>
  findings.filter((finding) => finding.filename === file).map((finding) => `${finding.message} ${finding.help ?? ''}`);

describe('a planted violation fails with its reason', () => {
  it.each(violations)('%s', (file, _text, reason) => {
    expect(saidOf(file).join('\n')).toMatch(reason);
  });
});

describe('what stands close to it passes', () => {
  it.each([...Object.keys(allowed), ...Object.keys(targets)])('%s', (file) => {
    expect(saidOf(file)).toEqual([]);
  });
});
