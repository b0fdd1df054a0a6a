import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Handlers } from '../../electron/ipc/register.ts';
import { isTrustedSender, push, registerIpc } from '../../electron/ipc/register.ts';
import { requests } from '../../electron/ipc/contract.ts';
import { pushChannels, requestChannels } from '../../electron/ipc/channels.ts';
import { workbenchUrl } from '../../electron/app-protocol.ts';
import { StubPage, handlers } from './electron-stub.ts';

const page = { url: workbenchUrl, parent: null };
const trusted = { senderFrame: page, sender: new StubPage() };
const called = vi.fn();

beforeAll(() => {
  registerIpc({
    'files:open': (payload) => {
      called(payload);
      return { status: 'cancelled' };
    },
    'files:save': (payload) => {
      called(payload);
      return { status: 'saved', name: 'a.yaml' };
    },
    'files:take-from-outside': () => [],
    'prometheus:ask': (payload) => {
      called(payload);
      return { status: 'answered', httpStatus: 200, body: '{}' };
    },
    'prometheus:stop': () => called('stop'),
    'window:document': (payload) => void called(payload),
    'window:theme': (payload) => void called(payload),
  } satisfies Handlers);
});
beforeEach(() => called.mockClear());

const ask = (channel: string, payload: unknown, event: unknown = trusted) => {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`nobody listens on ${channel}`);
  return handler(event, payload);
};

const save = { suggestedName: 'a.yaml', kinds: [{ label: 'Scenario', extensions: ['yaml', 'yml'] }], content: 'x' };
const range = 'http://p:9090/api/v1/query_range?query=up&start=0&end=60&step=60';
const open = { title: 'Open', kinds: [], multiple: true };

it('listens on the channels of the contract and on no other', () => {
  expect([...handlers.keys()].sort()).toEqual(Object.values(requestChannels).sort());
  expect(Object.keys(requests).sort()).toEqual(Object.values(requestChannels).sort());
});

describe('a sender', () => {
  it.each([
    ['another site', { url: 'https://example.com/', parent: null }],
    ['a name that only starts alike', { url: 'app://workbench.example.com/index.html', parent: null }],
    ['an address that only contains it', { url: 'https://example.com/?app://workbench/index.html', parent: null }],
    ['a user name that looks like it', { url: 'app://workbench@evil/index.html', parent: null }],
    ['a file', { url: 'file:///tmp/index.html', parent: null }],
    ['a blank page', { url: 'about:blank', parent: null }],
    ['no address', { url: '', parent: null }],
    ['a frame inside the page', { url: workbenchUrl, parent: page }],
    ['a frame that is gone', null],
  ])('is refused: %s', async (_name, senderFrame) => {
    expect(isTrustedSender({ senderFrame } as never)).toBe(false);
    await expect(ask('files:open', open, { ...trusted, senderFrame })).rejects.toThrow('may not ask');
    expect(called).not.toHaveBeenCalled();
  });

  it('is heard when it is the workbench itself', async () => {
    await expect(ask('files:open', open)).resolves.toEqual({ status: 'cancelled' });
    expect(called).toHaveBeenCalledWith(open);
  });
});

describe('a payload', () => {
  it.each([
    ['files:open', undefined],
    ['files:open', { ...open, multiple: 'yes' }],
    ['files:open', { ...open, path: '/etc/passwd' }],
    ['files:open', { ...open, kinds: [{ label: 'All', extensions: ['*'] }] }],
    ['files:open', { ...open, kinds: [{ label: 'Up', extensions: ['../x'] }] }],
    ['files:save', { ...save, content: 12 }],
    ['files:save', { ...save, content: { length: 1 } }],
    ['files:save', { ...save, suggestedName: '' }],
    ['files:save', { ...save, suggestedName: '...' }],
    ['files:save', { ...save, handle: '/etc/passwd' }],
    ['files:save', { ...save, path: '/etc/passwd' }],
    ['files:take-from-outside', ['/etc/passwd']],
    ['prometheus:ask', undefined],
    ['prometheus:ask', { address: 'http://p:9090/' }],
    ['prometheus:ask', { address: range.replace('http', 'file') }],
    ['prometheus:ask', { address: range.replace('p:', 'me:secret@p:') }],
    ['prometheus:ask', { address: range.replace('query_range', 'admin/tsdb/snapshot') }],
    ['prometheus:ask', { address: range, method: 'POST' }],
    ['prometheus:ask', { address: range, headers: { cookie: 'x' } }],
    ['prometheus:ask', { address: range, authorization: 'a\r\nhost: b' }],
    ['prometheus:stop', 1],
    ['window:document', { name: 'a', dirty: 1 }],
    ['window:theme', 'pink'],
  ])('is refused before anything happens: %s %j', async (channel, payload) => {
    await expect(ask(channel, payload)).rejects.toThrow(channel);
    expect(called).not.toHaveBeenCalled();
  });

  it('says which part is wrong', async () => {
    await expect(ask('files:open', { ...open, multiple: 'yes' })).rejects.toThrow(/expected boolean[\s\S]*multiple/);
  });

  it('may propose a name no file system takes, which is mended', async () => {
    await ask('files:save', { ...save, suggestedName: '../Flash/crowd: 1.yaml' });
    expect(called).toHaveBeenCalledWith({ ...save, suggestedName: '-Flash-crowd- 1.yaml' });
  });

  it('may be the address of a range query, with a login', async () => {
    const request = { address: range, authorization: 'Bearer abc' };
    await expect(ask('prometheus:ask', request)).resolves.toEqual({ status: 'answered', httpStatus: 200, body: '{}' });
    expect(called).toHaveBeenCalledWith(request);
  });

  it('may be bytes', async () => {
    const content = new Uint8Array([1, 2, 3]);
    await expect(ask('files:save', { ...save, content })).resolves.toEqual({ status: 'saved', name: 'a.yaml' });
    expect(called).toHaveBeenCalledWith({ ...save, content });
  });
});

describe('what the shell says unasked', () => {
  it('goes to the page when it keeps the contract', () => {
    const target = new StubPage();
    push(target as never, pushChannels.command, 'run');
    expect(target.sent).toEqual([{ channel: 'menu:command', payload: 'run' }]);
  });

  it('does not leave when it breaks it', () => {
    const target = new StubPage();
    expect(() => push(target as never, pushChannels.command, 'format-disk' as never)).toThrow();
    expect(target.sent).toEqual([]);
  });
});
