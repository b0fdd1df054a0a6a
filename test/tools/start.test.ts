import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeComplaint } from '../../tools/node-version.mjs';
import { plant } from './planted.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = ['tools', 'electron', 'renderer/platform', 'package-lock.json', 'vite.config.ts', 'vite.cli.config.ts'];

/** A small Headroom with the real tools, whose command line says what it was given. */
const planted = plant({
  'cli/main.ts': `
    const [command, code] = process.argv.slice(2);
    if (command === 'throw') throw new Error('a planted bug');
    process.stdout.write(JSON.stringify({ given: process.argv.slice(2), folder: process.cwd() }));
    process.stderr.write('said on stderr\\n');
    process.exitCode = Number(code ?? 0);`,
  'cli/worker.ts': 'export {};',
  'renderer/index.html': '<!doctype html><title>Planted</title><script type="module" src="./main.ts"></script>',
  'renderer/main.ts': 'document.body.append("planted");',
  'elsewhere/scenario.yaml': '',
});

beforeAll(() => {
  for (const part of parts) {
    mkdirSync(join(planted.folder, part, '..'), { recursive: true });
    cpSync(join(root, part), join(planted.folder, part), { recursive: true });
  }
});
afterAll(() => planted.remove());

const noDisplay = { DISPLAY: '', WAYLAND_DISPLAY: '' };

function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(planted.folder, 'tools', 'start.mjs'), ...args], {
    cwd: planted.folder,
    env: { ...process.env, npm_lifecycle_event: '', ...noDisplay, ...environment },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((done) =>
    child.on('close', (code) => done({ code, ...said })),
  );
  return { child, said, ended };
}

describe('npm start -- <command>', () => {
  it('runs the command line, with stdout for its results alone', async () => {
    const first = await start(['compare', '0', '-o', 'json']).ended;
    expect(JSON.parse(first.stdout).given).toEqual(['compare', '0', '-o', 'json']);
    expect(first.stderr).toMatch(/built cli in .* s\nsaid on stderr/);
    const second = await start(['compare', '0']).ended;
    expect(second.stderr).toBe('said on stderr\n');
  });

  it('ends with its exit code', async () => {
    expect((await start(['check', '2']).ended).code).toBe(2);
  });

  it('reads paths from where it was typed', async () => {
    const typedIn = join(planted.folder, 'elsewhere');
    const { stdout } = await start(['run'], { npm_lifecycle_event: 'start', INIT_CWD: typedIn }).ended;
    expect(JSON.parse(stdout).folder).toBe(realpathSync(typedIn));
  });

  it('prints no stack trace for a bug, unless asked', async () => {
    const plain = await start(['throw']).ended;
    expect(plain).toMatchObject({ code: 1, stdout: '', stderr: 'headroom: a planted bug\n' });
    const asked = await start(['throw'], { HEADROOM_DEBUG: '1' }).ended;
    expect(asked.stderr).toMatch(/a planted bug\n\s+at /);
  });

  it('builds again when a source has changed, and says what is wrong when it cannot', async () => {
    writeFileSync(join(planted.folder, 'cli', 'worker.ts'), `import './missing.ts';`);
    const broken = await start(['run']).ended;
    expect(broken).toMatchObject({ code: 1, stdout: '' });
    expect(broken.stderr).toContain('missing.ts');
    expect(broken.stderr).not.toMatch(/\n\s+at .*node_modules/);
    writeFileSync(join(planted.folder, 'cli', 'worker.ts'), 'export {};');
    expect((await start(['run']).ended).code).toBe(0);
  });

  it('passes through npm without a word of its own on stdout', () => {
    const environment = {
      ...process.env,
      ...noDisplay,
      npm_config_loglevel: undefined,
      npm_config_userconfig: '/dev/null',
    };
    cpSync(join(root, '.npmrc'), join(planted.folder, '.npmrc'));
    const stdout = execFileSync('npm', ['start', '--', 'compare', '0', '-o', 'json'], {
      cwd: planted.folder,
      encoding: 'utf8',
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(JSON.parse(stdout).given).toEqual(['compare', '0', '-o', 'json']);
  });
});

describe('npm start', () => {
  it('serves the workbench without a display, prints the address, and ends cleanly on Ctrl-C', async () => {
    const { child, said, ended } = start(['--port', '0']);
    await expect.poll(() => said.stdout, { timeout: 20_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\//);
    const url = /http:\S+/.exec(said.stdout)?.[0] ?? '';
    expect(await (await fetch(url)).text()).toContain('<title>Planted</title>');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('says why there is no Electron window', async () => {
    const { child, said, ended } = start([]);
    await expect.poll(() => said.stdout, { timeout: 20_000 }).toContain('Headroom: http://127.0.0.1:');
    expect(said.stderr).toContain('No Electron window (there is no display)');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('says in one sentence that packages cannot be installed', async () => {
    const bare = plant({});
    rmSync(join(bare.folder, 'node_modules'));
    cpSync(join(root, 'tools'), join(bare.folder, 'tools'), { recursive: true });
    const child = spawn(process.execPath, [join(bare.folder, 'tools', 'start.mjs'), 'run'], {
      cwd: bare.folder,
      env: { PATH: '/nonexistent' },
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const code = await new Promise((done) => child.on('close', done));
    bare.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('npm ci did not finish');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s will do', (version) => {
    expect(nodeComplaint(version)).toBeNull();
  });
  it.each(['18.20.0', '20.18.3', '16.0.0'])('%s will not, and the message says what will', (version) => {
    expect(nodeComplaint(version)).toBe(
      `Headroom needs Node 20.19 or newer; this is Node ${version}. See https://nodejs.org/en/download.`,
    );
  });
});
