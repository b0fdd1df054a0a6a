import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/**
 * Stands in for the `electron` package, which outside Electron has nothing to import (and would download its binary).
 * It remembers what it was told; what it answers, each test says.
 */
type Handler = (event: unknown, payload: unknown) => Promise<unknown>;

export const handlers = new Map<string, Handler>();
export const ipcMain = { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) };

export const dialog = {
  showOpenDialog: vi.fn(),
  showSaveDialog: vi.fn(),
  showMessageBoxSync: vi.fn(() => 0),
  showErrorBox: vi.fn(),
};

export const protocol = { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() };

export const nativeTheme = { shouldUseDarkColors: false, themeSource: 'system' };

export const Menu = { buildFromTemplate: vi.fn((template: unknown) => template), setApplicationMenu: vi.fn() };

export class StubPage extends EventEmitter {
  readonly sent: { channel: string; payload: unknown }[] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  isDestroyed(): boolean {
    return false;
  }
  send(channel: string, payload: unknown): void {
    this.sent.push({ channel, payload });
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  static fromWebContents(page: StubPage): BrowserWindow | null {
    return BrowserWindow.opened.find((window) => window.webContents === page) ?? null;
  }
  readonly webContents = new StubPage();
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly reload = vi.fn();
  readonly destroy = vi.fn();
  readonly setTitle = vi.fn();
  readonly setDocumentEdited = vi.fn();
  readonly loadURL = vi.fn(() => Promise.resolve());
  constructor(readonly options: Record<string, unknown>) {
    super();
    BrowserWindow.opened.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
}

class StubApp extends EventEmitter {
  isPackaged = true;
  readonly requestSingleInstanceLock = vi.fn(() => true);
  readonly enableSandbox = vi.fn();
  readonly quit = vi.fn();
  readonly exit = vi.fn();
  readonly isReady = () => true;
  readonly whenReady = () => Promise.resolve();
}
export const app = new StubApp();

export const session = {
  defaultSession: {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
  },
};

export const exposed = new Map<string, unknown>();
export const contextBridge = { exposeInMainWorld: (name: string, api: unknown) => exposed.set(name, api) };

class StubRenderer extends EventEmitter {
  readonly invoke = vi.fn((_channel: string, _payload: unknown): Promise<unknown> => Promise.resolve(undefined));
}
export const ipcRenderer = new StubRenderer();
