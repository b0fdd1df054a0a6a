/** The desktop shell: a window around the workbench, native dialogs, a menu. Everything else happens in the page. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrowserWindow, Menu, app, dialog, nativeTheme, session } from 'electron';
import { registerScheme, serveWorkbench } from './app-protocol.ts';
import { Files } from './files.ts';
import { pushChannels, requestChannels } from './ipc/channels.ts';
import { push, registerIpc } from './ipc/register.ts';
import { lockPage, lockSession } from './lockdown.ts';
import { menuTemplate } from './menu.ts';
import { askPrometheus } from './prometheus-request.mjs';
import type { WorkbenchWindow } from './window.ts';
import { openWindow } from './window.ts';

const here = dirname(fileURLToPath(import.meta.url));
const preload = join(here, 'preload.cjs');
const renderer = join(here, '..', 'renderer');

const files = new Files();
let workbench: WorkbenchWindow | null = null;
/** Paths named before a page listens. */
let waiting: string[] = [];
let pageListens = false;
let asking = new AbortController();

/** What follows the program (and, unpackaged, the folder it runs) and is there. */
function filesNamedIn(argv: readonly string[], from: string): string[] {
  const rest = argv.slice(app.isPackaged ? 1 : 2).filter((argument) => !argument.startsWith('-'));
  return rest.map((argument) => resolve(from, argument)).filter((path) => existsSync(path));
}

async function readFromOutside(paths: readonly string[]) {
  const { files: opened, troubles } = await files.read(paths);
  if (troubles.length > 0) dialog.showErrorBox('Not every file could be opened', troubles.join('\n'));
  return opened;
}

async function openFromOutside(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const page = workbench?.window.webContents;
  if (page === undefined || !pageListens) {
    waiting.push(...paths);
    return;
  }
  const opened = await readFromOutside(paths);
  if (opened.length > 0) push(page, pushChannels.filesOpened, opened);
}

function showWorkbench(): void {
  pageListens = false;
  workbench = openWindow(preload);
  workbench.window.webContents.on('did-start-loading', () => {
    pageListens = false;
  });
  workbench.window.once('closed', () => {
    workbench = null;
  });
}

function windowOf(page: Electron.WebContents): BrowserWindow {
  const window = BrowserWindow.fromWebContents(page);
  if (window === null) throw new Error('The window is closed.');
  return window;
}

function start(): void {
  lockSession(session.defaultSession);
  serveWorkbench(renderer);
  registerIpc({
    [requestChannels.openFiles]: (request, page) => files.open(windowOf(page), request),
    [requestChannels.saveFile]: (request, page) => files.save(windowOf(page), request),
    [requestChannels.takeFilesFromOutside]: () => {
      pageListens = true;
      const paths = waiting;
      waiting = [];
      return readFromOutside(paths);
    },
    [requestChannels.askPrometheus]: (request) => askPrometheus(request, asking.signal),
    [requestChannels.stopAsking]: () => {
      asking.abort();
      asking = new AbortController();
    },
    [requestChannels.setDocument]: (state) => workbench?.setDocument(state),
    [requestChannels.setTheme]: (theme) => {
      nativeTheme.themeSource = theme;
    },
  });
  const send = (command: Parameters<Parameters<typeof menuTemplate>[0]>[0]) => {
    if (workbench !== null) push(workbench.window.webContents, pushChannels.command, command);
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(send, process.platform)));
  waiting.push(...filesNamedIn(process.argv, process.cwd()));
  showWorkbench();
}

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  registerScheme();
  app.on('web-contents-created', (_event, page) => lockPage(page));
  app.on('second-instance', (_event, argv, workingDirectory) => {
    workbench?.window.focus();
    void openFromOutside(filesNamedIn(argv, workingDirectory));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void openFromOutside([path]);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (workbench === null && app.isReady()) showWorkbench();
  });
  app.whenReady().then(start, (error: unknown) => {
    dialog.showErrorBox('Headroom could not start', String(error));
    app.exit(1);
  });
} else {
  app.quit();
}
