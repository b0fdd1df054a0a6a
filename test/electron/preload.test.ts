import { beforeAll, expect, it, vi } from 'vitest';
import { requests } from '../../electron/ipc/contract.ts';
import type { DesktopBridge, OpenedFile } from '../../renderer/platform/contract.ts';
import { exposed, ipcRenderer } from './electron-stub.ts';

let bridge: DesktopBridge;
beforeAll(async () => {
  await import('../../electron/preload.ts');
  bridge = exposed.get('headroom') as DesktopBridge;
});

it('exposes functions and plain data, and nothing of Electron', () => {
  expect([...exposed.keys()]).toEqual(['headroom']);
  expect(bridge.kind).toBe('desktop');
  for (const member of Object.values(bridge)) expect(['function', 'string', 'number']).toContain(typeof member);
});

it('sends what the main process will accept', async () => {
  ipcRenderer.invoke.mockResolvedValue({ status: 'cancelled' });
  await bridge.openFiles({ title: 'Open', kinds: [{ label: 'Trace', extensions: ['csv'] }], multiple: true });
  await bridge.saveFile({ suggestedName: 'a.svg', kinds: [], content: new Uint8Array([1]) });
  await bridge.askPrometheus({ address: 'http://p:9090/api/v1/query_range?query=up&start=0&end=60&step=60' });
  bridge.stopAsking();
  bridge.setDocument({ name: 'a.yaml', dirty: true });
  bridge.setTheme('dark');
  bridge.onFilesOpened(() => {})();
  expect(ipcRenderer.invoke.mock.calls.map(([channel]) => channel)).toEqual(Object.keys(requests).toSorted(byCall));
  for (const [channel, payload] of ipcRenderer.invoke.mock.calls) {
    expect(requests[channel as keyof typeof requests].payload.safeParse(payload).error).toBeUndefined();
  }
});

const order = [
  'files:open',
  'files:save',
  'prometheus:ask',
  'prometheus:stop',
  'window:document',
  'window:theme',
  'files:take-from-outside',
];
const byCall = (a: string, b: string) => order.indexOf(a) - order.indexOf(b);

it('hands files on, those that came early and those that come later, until it is told to stop', async () => {
  const early: OpenedFile = { name: 'early.csv', bytes: new Uint8Array([1]) };
  const late: OpenedFile = { name: 'late.csv', bytes: new Uint8Array([2]) };
  ipcRenderer.invoke.mockResolvedValueOnce([early]);
  const heard: string[] = [];
  const stop = bridge.onFilesOpened((files) => heard.push(...files.map(({ name }) => name)));
  await vi.waitFor(() => expect(heard).toEqual(['early.csv']));
  ipcRenderer.emit('files:opened', { sender: ipcRenderer }, [late]);
  expect(heard).toEqual(['early.csv', 'late.csv']);
  stop();
  ipcRenderer.emit('files:opened', { sender: ipcRenderer }, [late]);
  expect(heard).toHaveLength(2);
});

it('gives a listener the command and not the event, which would reach ipcRenderer', () => {
  const heard: unknown[][] = [];
  const stop = bridge.onCommand((...received) => heard.push(received));
  ipcRenderer.emit('menu:command', { sender: ipcRenderer }, 'run');
  expect(heard).toEqual([['run']]);
  stop();
});
