#!/usr/bin/env node
/**
 * `npm test`: installs what is missing, then checks everything there is to check, and closes with the counts.
 * `npm run check` (--static) leaves out what runs the code. Each static check and the build count as one test.
 */
import { nodeComplaint } from './node-version.mjs';

const complaint = nodeComplaint();
if (complaint !== null) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
const { install } = await import('./install.mjs');
if (!install()) process.exit(1);

const { spawnSync } = await import('node:child_process');
const { mkdirSync, readFileSync, rmSync } = await import('node:fs');
const { join } = await import('node:path');
const { ensureChromium } = await import('./chromium.mjs');
const { ensurePrometheus } = await import('./prometheus.mjs');
const { root } = await import('./root.mjs');
const { countPlaywright, countVitest, withStatus } = await import('./test-reports.mjs');

const staticOnly = process.argv.includes('--static');
const reports = join(root, 'test-results');
const counts = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const failures = [];

/** @param {string} name @param {number} since @param {{ passed: number, failed: number, skipped: number }} result */
function record(name, since, { passed, failed, skipped }) {
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
  if (failed > 0) failures.push(name);
  const seconds = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  process.stdout.write(`${failed > 0 ? 'FAILED' : 'ok    '}  ${name.padEnd(32)} ${seconds.padStart(8)}\n`);
}

/**
 * One step that passes or fails as a whole; what it says is shown when it fails.
 *
 * @param {string} name @param {readonly string[]} command
 */
function check(name, command) {
  const since = performance.now();
  const [script = '', ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: 300_000,
  });
  if (status !== 0) process.stdout.write(`${stdout}${stderr}${error ? `${error.message}\n` : ''}`);
  record(name, since, { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });
}

/**
 * One suite of many tests, counted by its own report. A suite that fails without a failed test (it crashed, it ran out
 * of time) counts as one failure.
 *
 * @param {string} name @param {readonly string[]} command
 * @param {string} reportFile
 * @param {(report: any) => { passed: number, failed: number, skipped: number }} read
 */
function suite(name, command, reportFile, read) {
  const since = performance.now();
  const file = join(reports, reportFile);
  rmSync(file, { force: true });
  const [script = '', ...args] = command;
  const { status, error } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    timeout: 900_000,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  if (error) process.stdout.write(`${name}: ${error.message}\n`);
  try {
    record(name, since, withStatus(status, read(JSON.parse(readFileSync(file, 'utf8')))));
  } catch {
    process.stdout.write(`${name}: there is no report of its results\n`);
    record(name, since, { passed: 0, failed: 1, skipped: 0 });
  }
}

mkdirSync(reports, { recursive: true });
check('types', ['tools/types.mjs']);
check('lint and dependency rules', ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings']);
check('unused files, exports, packages', ['node_modules/knip/bin/knip.js', '--no-progress']);
check('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']);

if (!staticOnly) {
  const advice = ensureChromium();
  if (advice !== null) process.stdout.write(`browser tests need a browser: ${advice}\n`);
  const missing = ensurePrometheus();
  if (missing !== null) process.stdout.write(`tests of the live import need a Prometheus: ${missing}\n`);
  check('build', ['tools/build.mjs', '--stale', 'renderer', 'cli', 'electron', 'preload', 'bench']);
  const vitestReport = join(reports, 'vitest.json');
  suite(
    'vitest',
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`],
    'vitest.json',
    countVitest,
  );
  if (advice === null) {
    suite('browser', ['node_modules/@playwright/test/cli.js', 'test'], 'playwright.json', countPlaywright);
  } else {
    record('browser', performance.now(), { passed: 0, failed: 1, skipped: 0 });
  }
}

if (counts.skipped > 0) process.stdout.write(`${counts.skipped} skipped\n`);
if (failures.length > 0) process.stdout.write(`failed: ${failures.join(', ')}\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exit(counts.failed === 0 ? 0 : 1);
