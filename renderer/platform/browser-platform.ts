import type { FileKind, OpenedFile, Platform } from './contract.ts';

const accept = (kinds: readonly FileKind[]): string =>
  kinds.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`)).join(',');

const maxFileBytes = 512 * 1024 * 1024;

/** Reads files a person dropped or chose; a file too large to hold is refused by name. */
export async function readFiles(
  files: Iterable<File>,
  limit: number,
): Promise<{ files: OpenedFile[]; refused: string[] }> {
  const opened: OpenedFile[] = [];
  const refused: string[] = [];
  for (const file of files) {
    if (file.size > limit)
      refused.push(
        `${file.name} has ${Math.round(file.size / 1e6)} MB; the limit here is ${Math.round(limit / 1e6)} MB. Cut it to the days you need.`,
      );
    else opened.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  return { files: opened, refused };
}

/** A plain browser: a file input opens, a download saves. Nothing leaves the machine. */
export function createBrowserPlatform(): Platform {
  return {
    kind: 'browser',
    maxFileBytes,

    openFiles: ({ kinds, multiple }) =>
      new Promise((resolve) => {
        const input = document.createElement('input');
        input.type = 'file';
        input.multiple = multiple;
        input.accept = accept(kinds);
        input.addEventListener('cancel', () => resolve({ status: 'cancelled' }));
        input.addEventListener('change', () => {
          readFiles(input.files ?? [], maxFileBytes).then(
            ({ files, refused }) =>
              resolve(
                refused.length > 0 ? { status: 'failed', message: refused.join(' ') } : { status: 'opened', files },
              ),
            (error: unknown) => resolve({ status: 'failed', message: `The file could not be read: ${String(error)}` }),
          );
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
