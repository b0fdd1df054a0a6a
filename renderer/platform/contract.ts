/**
 * What the workbench asks of its host: files in, files out, and a few words with the window around it.
 * Two implementations: the desktop shell (through its preload, `window.headroom`) and a plain browser.
 *
 * Everything that crosses is plain, cloneable data. The host parses every request before it acts on it.
 */

/** What a dialog offers; the host turns it into the filters it knows. */
export interface FileKind {
  /** As a person reads it in the dialog: `Scenario`, `Trace`, `PNG image` */
  readonly label: string;
  /** Without dots, lower case: `['yaml', 'yml']` */
  readonly extensions: readonly string[];
}

export interface OpenedFile {
  /** The file's own name, without folders */
  readonly name: string;
  readonly bytes: Uint8Array;
  /**
   * Names this file to the host so that it can be written again without a dialog. Opaque; absent where the host
   * cannot write in place (a plain browser).
   */
  readonly handle?: string;
}

/** A file as the page itself holds it: dropped, or chosen in a browser. Read as it streams, however large. */
export interface HeldFile {
  readonly name: string;
  readonly bytes: Blob;
}

export type GivenFile = OpenedFile | HeldFile;

export interface OpenRequest {
  readonly title: string;
  readonly kinds: readonly FileKind[];
  readonly multiple: boolean;
}

export interface SaveRequest {
  /** Name with extension: what the dialog proposes, or the download is called */
  readonly suggestedName: string;
  readonly kinds: readonly FileKind[];
  /** Text is written as UTF-8 */
  readonly content: string | Uint8Array;
  /** Write to this file without asking; from an earlier OpenedFile or SaveOutcome */
  readonly handle?: string;
}

export type SaveOutcome =
  | { readonly status: 'saved'; readonly name: string; readonly handle?: string }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly message: string };

export type OpenOutcome<File extends GivenFile = OpenedFile> =
  | { readonly status: 'opened'; readonly files: readonly File[] }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly message: string };

/** One GET for a range, of the Prometheus a person named. The host refuses every other address. */
export interface AskRequest {
  /** `http://prometheus:9090/api/v1/query_range?query=…&start=…&end=…&step=…`, http or https */
  readonly address: string;
  /** Sent as this header, and kept nowhere */
  readonly authorization?: string;
}

export type AskOutcome =
  /** 413 stands for an answer larger than the host takes in */
  | { readonly status: 'answered'; readonly httpStatus: number; readonly body: string }
  /** `code` is the network's own (`ECONNREFUSED`), or empty */
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

/** What a native menu may ask of the workbench. */
export const hostCommands = [
  'new',
  'open',
  'save',
  'save-as',
  'undo',
  'redo',
  'run',
  'cancel-run',
  'command-palette',
  'show-keys',
  'toggle-theme',
  'fit-all',
] as const;
export type HostCommand = (typeof hostCommands)[number];

export type ThemeChoice = 'system' | 'light' | 'dark';

export interface Platform {
  readonly kind: 'desktop' | 'browser';
  /** Largest file the host hands over as bytes; a larger one is refused with a message. Files dropped have no limit. */
  readonly maxFileBytes: number;
  openFiles(request: OpenRequest): Promise<OpenOutcome<GivenFile>>;
  saveFile(request: SaveRequest): Promise<SaveOutcome>;
  /** The only way to a network. One at a time. */
  askPrometheus(request: AskRequest): Promise<AskOutcome>;
  /** Ends what is being asked; it then fails. */
  stopAsking(): void;
  /** Files handed to the application from outside: the command line, a double click, the recent list. */
  onFilesOpened(listener: (files: readonly OpenedFile[]) => void): () => void;
  /** A choice in the native menu. Never fires in a browser. */
  onCommand(listener: (command: HostCommand) => void): () => void;
  /** Keeps the title and the question on closing honest. */
  setDocument(state: { readonly name: string; readonly dirty: boolean }): void;
  /** Window frame and native controls follow the page. */
  setTheme(theme: ThemeChoice): void;
}

/** The preload exposes exactly this as `window.headroom`. */
export type DesktopBridge = Platform & { readonly kind: 'desktop' };

declare global {
  interface Window {
    readonly headroom?: DesktopBridge;
  }
}
