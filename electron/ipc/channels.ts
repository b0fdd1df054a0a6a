/** Names of what crosses between page and main process. Apart from their schemas, so that the preload stays small. */
export const requestChannels = {
  openFiles: 'files:open',
  saveFile: 'files:save',
  takeFilesFromOutside: 'files:take-from-outside',
  askPrometheus: 'prometheus:ask',
  stopAsking: 'prometheus:stop',
  setDocument: 'window:document',
  setTheme: 'window:theme',
} as const;

export const pushChannels = {
  filesOpened: 'files:opened',
  command: 'menu:command',
} as const;

/** Largest file handed over, bytes: the page holds it in memory, once as bytes and once as columns. */
export const maxFileBytes = 512 * 1024 * 1024;
