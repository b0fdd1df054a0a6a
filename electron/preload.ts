/** The one bridge between page and shell: functions and plain data, never Electron's own objects. */
import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge, HostCommand, OpenedFile } from '../renderer/platform/contract.ts';
import { maxFileBytes, pushChannels, requestChannels } from './ipc/channels.ts';
import type { Payload, Reply, RequestChannel } from './ipc/contract.ts';

const ask = <Channel extends RequestChannel>(channel: Channel, payload: Payload<Channel>): Promise<Reply<Channel>> =>
  ipcRenderer.invoke(channel, payload) as Promise<Reply<Channel>>;

/** What cannot fail in a way a page could mend is not waited for. */
const tell = <Channel extends RequestChannel>(channel: Channel, payload: Payload<Channel>): void => {
  ask(channel, payload).catch(() => {});
};

function listen<Message>(channel: string, listener: (message: Message) => void): () => void {
  // The event itself stays here: it would hand the page ipcRenderer.
  const heard = (_event: unknown, message: Message) => listener(message);
  ipcRenderer.on(channel, heard);
  return () => ipcRenderer.off(channel, heard);
}

contextBridge.exposeInMainWorld('headroom', {
  kind: 'desktop',
  maxFileBytes,
  openFiles: (request) => ask(requestChannels.openFiles, request),
  saveFile: (request) => ask(requestChannels.saveFile, request),
  onFilesOpened(listener) {
    const stop = listen<readonly OpenedFile[]>(pushChannels.filesOpened, listener);
    // Those that came before anyone listened.
    ask(requestChannels.takeFilesFromOutside, undefined).then(
      (files) => {
        if (files.length > 0) listener(files);
      },
      () => {},
    );
    return stop;
  },
  onCommand: (listener) => listen<HostCommand>(pushChannels.command, listener),
  askPrometheus: (request) => ask(requestChannels.askPrometheus, request),
  stopAsking: () => tell(requestChannels.stopAsking, undefined),
  setDocument: ({ name, dirty }) => tell(requestChannels.setDocument, { name, dirty }),
  setTheme: (theme) => tell(requestChannels.setTheme, theme),
} satisfies DesktopBridge);
