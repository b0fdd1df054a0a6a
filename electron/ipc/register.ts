import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { ipcMain } from 'electron';
import { z } from 'zod';
import { isWorkbenchUrl } from '../app-protocol.ts';
import type { Payload, Push, PushChannel, Reply, RequestChannel } from './contract.ts';
import { pushes, requests } from './contract.ts';

/** What answers each request. `sender` is the page that asked. */
export type Handlers = {
  readonly [Channel in RequestChannel]: (
    payload: Payload<Channel>,
    sender: WebContents,
  ) => Reply<Channel> | Promise<Reply<Channel>>;
};

/** Only the workbench's own page, in a top frame, may ask for anything. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isWorkbenchUrl(frame.url);
}

function listen<Channel extends RequestChannel>(channel: Channel, handlers: Handlers): void {
  ipcMain.handle(channel, async (event, raw: unknown): Promise<unknown> => {
    if (!isTrustedSender(event)) throw new Error(`${channel}: this page may not ask the shell for anything.`);
    const payload = requests[channel].payload.safeParse(raw);
    if (!payload.success) throw new Error(`${channel}: ${z.prettifyError(payload.error)}`);
    const reply = await handlers[channel](payload.data as Payload<Channel>, event.sender);
    return requests[channel].reply.parse(reply);
  });
}

/** Listens on every channel of the contract, and on no other. */
export function registerIpc(handlers: Handlers): void {
  for (const channel of Object.keys(requests) as RequestChannel[]) listen(channel, handlers);
}

/** Tells the page something it did not ask for. */
export function push<Channel extends PushChannel>(page: WebContents, channel: Channel, payload: Push<Channel>): void {
  if (!page.isDestroyed()) page.send(channel, pushes[channel].parse(payload));
}
