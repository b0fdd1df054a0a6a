import type { BrowserWindowConstructorOptions } from 'electron';
import { BrowserWindow, dialog, nativeTheme } from 'electron';
import { workbenchUrl } from './app-protocol.ts';

/** Grounds of the two themes, so that a new window does not flash. */
const ground = { light: '#f6f6f4', dark: '#0e1014' };

/** Every safeguard is named although most are the default: a default can change, and a reader should not have to know. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'Headroom',
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** What the page last said of its document: the title, and the question on closing, rest on it. */
export interface DocumentState {
  readonly name: string;
  readonly dirty: boolean;
}

export interface WorkbenchWindow {
  readonly window: BrowserWindow;
  setDocument(state: DocumentState): void;
}

/** Opens the window; the page shows when it has something to show. */
export function openWindow(preload: string): WorkbenchWindow {
  const window = new BrowserWindow(windowOptions(preload));
  let current: DocumentState = { name: '', dirty: false };

  window.once('ready-to-show', () => window.show());
  // The title is the document's, not the page's.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', (event) => {
    if (current.dirty && !confirmsLoss(window, current.name)) event.preventDefault();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') offerReload(window, reason);
  });
  void window.loadURL(workbenchUrl);

  return {
    window,
    setDocument(state) {
      current = state;
      window.setTitle(state.name === '' ? 'Headroom' : `${state.dirty ? '● ' : ''}${state.name} — Headroom`);
      window.setDocumentEdited(state.dirty);
    },
  };
}

function confirmsLoss(window: BrowserWindow, name: string): boolean {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: `${name} has changes that are not saved.`,
    detail: 'They are lost when the window closes.',
    buttons: ['Keep working', 'Close without saving'],
    defaultId: 0,
    cancelId: 0,
  });
  return choice === 1;
}

function offerReload(window: BrowserWindow, reason: string): void {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'error',
    message: 'The workbench has stopped.',
    detail: `Its page ended unexpectedly (${reason}). What was autosaved is there again after a reload.`,
    buttons: ['Reload', 'Close'],
    defaultId: 0,
    cancelId: 1,
  });
  if (choice === 0) window.reload();
  else window.destroy();
}
