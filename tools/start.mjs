#!/usr/bin/env node
/**
 * `npm start`: the workbench. `npm start -- <command> …`: the command line. Works on a fresh clone: installs and builds
 * what is missing first, and says so on stderr only, so that `npm start -- compare … -o json` can be piped.
 *
 * Without a command, two options: `--browser` does not use Electron, `--port 8080` serves on that port.
 */
import { nodeComplaint } from './node-version.mjs';

/** Plain words instead of a stack trace, which HEADROOM_DEBUG=1 shows. @param {unknown} error */
function giveUp(error) {
  const stack = error instanceof Error && process.env.HEADROOM_DEBUG ? error.stack : undefined;
  process.stderr.write(`headroom: ${stack ?? (error instanceof Error ? error.message : String(error))}\n`);
  process.exit(1);
}

/** @param {readonly string[]} args */
async function runCommand(args) {
  const { build } = await import('./build.mjs');
  await build(['cli'], { onlyStale: true });
  const { join } = await import('node:path');
  const { pathToFileURL } = await import('node:url');
  const { root } = await import('./root.mjs');
  // Paths on the command line are meant from where it was typed; npm itself stands in the root.
  if (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  const program = join(root, 'dist', 'cli', 'headroom.js');
  process.argv = [process.execPath, program, ...args];
  await import(pathToFileURL(program).href);
}

/** @param {{ browser: boolean, port: number | undefined }} options */
async function openWorkbench({ browser, port }) {
  const { build } = await import('./build.mjs');
  const { findElectron, openBrowser, runElectron } = await import('./desktop.mjs');
  await build(['renderer'], { onlyStale: true });
  if (!browser && port === undefined) {
    const electron = findElectron();
    if ('binary' in electron) {
      await build(['electron', 'preload'], { onlyStale: true });
      const { started, code } = await runElectron(electron.binary);
      if (started) process.exit(code);
      process.stderr.write('Electron did not start; the workbench opens in a browser instead.\n');
    } else {
      process.stderr.write(`No Electron window (${electron.reason}): the workbench is served to a browser.\n`);
    }
  }
  const { serve } = await import('./serve.mjs');
  const { url, close } = await serve(port === undefined ? {} : { port });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      void close().then(() => process.exit(0));
    });
  }
  const opened = openBrowser(url);
  process.stdout.write(`Headroom: ${url}${opened ? '' : ' (open this address in a browser)'}\nCtrl-C ends it.\n`);
}

/** @param {readonly string[]} args @returns {{ browser: boolean, port: number | undefined } | null} null: a command */
function workbenchOptions(args) {
  let browser = false;
  let port;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--browser') browser = true;
    else if (args[i] === '--port' && /^\d{1,5}$/.test(args[i + 1] ?? '')) port = Number(args[++i]);
    else return null;
  }
  return { browser, port };
}

const complaint = nodeComplaint();
if (complaint !== null) giveUp(complaint);
process.on('uncaughtException', giveUp);
process.on('unhandledRejection', giveUp);

const { install } = await import('./install.mjs');
if (!install()) process.exit(1);
// `npm start -- run …` arrives without its `--`; whoever calls this file directly may leave it in.
const args = process.argv.slice(process.argv[2] === '--' ? 3 : 2);
const options = workbenchOptions(args);
await (options === null ? runCommand(args) : openWorkbench(options)).catch(giveUp);
