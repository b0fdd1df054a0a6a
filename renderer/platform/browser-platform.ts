import { askByServer } from './ask-by-server.ts';
import type { FileKind, HeldFile, Platform } from './contract.ts';

const accept = (kinds: readonly FileKind[]): string =>
  kinds.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`)).join(',');

/** Files a person dropped or chose, to be read when they are needed. */
export function openedFiles(files: Iterable<File>): HeldFile[] {
  return Array.from(files, (file) => ({ name: file.name, bytes: file }));
}

/** A plain browser: a file input opens, a download saves, and the server the page came from asks a Prometheus. */
export function createBrowserPlatform(): Platform {
  let asking = new AbortController();
  return {
    kind: 'browser',
    maxFileBytes: Infinity,

    openFiles: ({ kinds, multiple }) =>
      new Promise((resolve) => {
        const input = document.createElement('input');
        input.type = 'file';
        input.multiple = multiple;
        input.accept = accept(kinds);
        input.addEventListener('cancel', () => resolve({ status: 'cancelled' }));
        input.addEventListener('change', () => {
          resolve({ status: 'opened', files: openedFiles(input.files ?? []) });
        });
        input.click();
      }),

    saveFile: async ({ suggestedName, content }) => {
      const blob = new Blob([content as BlobPart], { type: 'application/octet-stream' });
      const address = URL.createObjectURL(blob);
      const link = document.createElement('a');
      link.href = address;
      link.download = suggestedName;
      link.click();
      // The download has taken its own reference by the next task; a minute is far on the safe side.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      return { status: 'saved', name: suggestedName };
    },

    askPrometheus: (request) => askByServer(request, asking.signal),
    stopAsking: () => {
      asking.abort();
      asking = new AbortController();
    },

    onFilesOpened: () => () => {},
    onCommand: () => () => {},
    setDocument: ({ name, dirty }) => {
      document.title = `${dirty ? '● ' : ''}${name} — Headroom`;
    },
    setTheme: () => {},
  };
}

/** The desktop shell when there is one, a plain browser otherwise. */
export function currentPlatform(): Platform {
  return window.headroom ?? createBrowserPlatform();
}
