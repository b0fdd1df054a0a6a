import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isLocalRequest } from '../../electron/lockdown.ts';
import { hostCommands } from '../../renderer/platform/contract.ts';
import type { StubPage } from './electron-stub.ts';
import { BrowserWindow, Menu, app, dialog, handlers, nativeTheme, protocol, session } from './electron-stub.ts';

interface MenuEntry {
  readonly submenu?: readonly MenuEntry[];
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly click?: () => void;
}

let window: BrowserWindow;
let page: StubPage;
const trusted = () => ({ senderFrame: { url: 'app://workbench/index.html', parent: null }, sender: page });
const ask = (channel: string, payload?: unknown) => handlers.get(channel)?.(trusted(), payload);

/** Runs the real main process on the stub, as Electron would. */
beforeAll(async () => {
  process.argv = ['headroom'];
  await import('../../electron/main.ts');
  await vi.waitFor(() => expect(BrowserWindow.opened).toHaveLength(1));
  window = BrowserWindow.opened[0] as BrowserWindow;
  page = window.webContents;
});

describe('the window', () => {
  it('has every safeguard on', () => {
    expect(window.options['webPreferences']).toMatchObject({
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
    });
    expect(app.enableSandbox).toHaveBeenCalledOnce();
  });

  it('shows the workbench through its own scheme, and only when it is ready', () => {
    expect(window.loadURL).toHaveBeenCalledWith('app://workbench/index.html');
    expect(window.show).not.toHaveBeenCalled();
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalledOnce();
    expect(protocol.handle).toHaveBeenCalledWith('app', expect.any(Function));
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('refuses %s', (name) => {
    const event = { preventDefault: vi.fn(), url: 'https://example.com/' };
    page.emit(name, event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });

  it('opens no other window', () => {
    expect(page.windowOpenHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
  });

  it.each([
    ['clipboard-sanitized-write', true],
    ['clipboard-read', false],
    ['media', false],
    ['geolocation', false],
    ['notifications', false],
    ['fileSystem', false],
    ['openExternal', false],
  ])('is granted %s: %s', (permission, granted) => {
    const decide = vi.fn();
    session.defaultSession.setPermissionRequestHandler.mock.lastCall?.[0](page, permission, decide);
    expect(decide).toHaveBeenCalledWith(granted);
    expect(session.defaultSession.setPermissionCheckHandler.mock.lastCall?.[0](page, permission)).toBe(granted);
  });

  it.each([
    ['app://workbench/assets/a.js', true],
    ['data:image/svg+xml,x', true],
    ['blob:app://workbench/0d1c', true],
    ['blob:https://example.com/0d1c', false],
    ['https://example.com/', false],
    ['http://127.0.0.1:4780/', false],
    ['file:///etc/passwd', false],
    ['ws://example.com/', false],
    ['nonsense', false],
  ])('may ask for %s: %s', (url, local) => {
    expect(isLocalRequest(url)).toBe(local);
    const decide = vi.fn();
    session.defaultSession.webRequest.onBeforeRequest.mock.lastCall?.[0]({ url }, decide);
    expect(decide).toHaveBeenCalledWith({ cancel: !local });
  });
});

describe('the document', () => {
  it('gives the title, and closing asks while it has changes', async () => {
    await ask('window:document', { name: 'flash-crowd.yaml', dirty: true });
    expect(window.setTitle).toHaveBeenLastCalledWith('● flash-crowd.yaml — Headroom');

    const close = { preventDefault: vi.fn() };
    dialog.showMessageBoxSync.mockReturnValueOnce(0);
    window.emit('close', close);
    expect(close.preventDefault).toHaveBeenCalledOnce();

    dialog.showMessageBoxSync.mockReturnValueOnce(1);
    window.emit('close', { preventDefault: () => expect.unreachable('the person chose to lose the changes') });

    await ask('window:document', { name: 'flash-crowd.yaml', dirty: false });
    dialog.showMessageBoxSync.mockClear();
    window.emit('close', { preventDefault: () => expect.unreachable('there is nothing to lose') });
    expect(dialog.showMessageBoxSync).not.toHaveBeenCalled();
  });

  it('follows the theme of the page', async () => {
    await ask('window:theme', 'dark');
    expect(nativeTheme.themeSource).toBe('dark');
  });
});

describe('a Prometheus', () => {
  it('is asked when the page says so, past the wall around the page, until it says stop', async () => {
    const server = createServer((request, response) => {
      if (request.url?.includes('query=slow') !== true) response.end('{"status":"success"}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const range = (query: string) => ({
      address: `http://127.0.0.1:${port}/api/v1/query_range?query=${query}&start=0&end=60&step=60`,
    });
    try {
      const body = '{"status":"success"}';
      expect(await ask('prometheus:ask', range('up'))).toEqual({ status: 'answered', httpStatus: 200, body });
      expect(isLocalRequest(range('up').address)).toBe(false);
      const slow = ask('prometheus:ask', range('slow'));
      await vi.waitFor(async () => expect(await connections(server)).toBeGreaterThan(0));
      await ask('prometheus:stop');
      expect(await slow).toEqual({ status: 'failed', code: '', message: 'it was cancelled' });
      expect(await ask('prometheus:ask', range('up'))).toMatchObject({ status: 'answered' });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

const connections = (server: Server) => new Promise<number>((done) => server.getConnections((_, count) => done(count)));

describe('files from outside', () => {
  it('wait until the page listens, and then come at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-outside-'));
    const [first, second] = [join(folder, 'a.yaml'), join(folder, 'b.csv')];
    writeFileSync(first, 'a');
    writeFileSync(second, 'b');

    app.emit('open-file', { preventDefault: vi.fn() }, first);
    expect(page.sent).toEqual([]);
    expect(await ask('files:take-from-outside')).toMatchObject([{ name: 'a.yaml' }]);

    app.emit('second-instance', {}, ['headroom', '--flag', 'b.csv', 'missing.csv'], folder);
    await vi.waitFor(() => expect(page.sent).toHaveLength(1));
    expect(page.sent).toMatchObject([{ channel: 'files:opened', payload: [{ name: 'b.csv' }] }]);
    expect(JSON.stringify(page.sent)).not.toContain(folder);
  });
});

describe('the menu', () => {
  it('offers every command once, and leaves the keys to the page', () => {
    const [menu] = Menu.setApplicationMenu.mock.lastCall as [MenuEntry[]];
    const entries = menu.flatMap(({ submenu }) => submenu ?? []).filter(({ click }) => click !== undefined);
    page.sent.length = 0;
    for (const { click } of entries) click?.();
    expect(new Set(page.sent.map(({ payload }) => payload))).toEqual(new Set(hostCommands));
    expect(page.sent).toHaveLength(hostCommands.length);
    for (const { accelerator, registerAccelerator } of entries) {
      if (accelerator !== undefined) expect(registerAccelerator).toBe(false);
    }
  });
});

it('offers to reload a page that died', () => {
  dialog.showMessageBoxSync.mockReturnValueOnce(0);
  page.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(window.reload).toHaveBeenCalledOnce();
});
