import { createStore } from 'zustand/vanilla';
import type { Issue, Scenario } from '../../sim-core/index.ts';

/** A scenario on the desk. Its text is the truth; everything else is derived from it. */
export interface ScenarioDocument {
  readonly id: string;
  readonly fileName: string;
  readonly origin: 'shipped' | 'file' | 'new';
  /** Names the file to the host, so that it can be saved without asking; absent before the first save. */
  readonly handle?: string;
  /** As last saved, or as shipped: the document is dirty when `text` differs. */
  readonly savedText: string;
  readonly text: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
}

export interface ParsedScenario {
  readonly scenario?: Scenario;
  readonly issues: readonly Issue[];
}

export interface DocumentsState {
  /** In the order they were opened. */
  readonly documents: readonly ScenarioDocument[];
  readonly activeId: string;
  /** What the active text says. */
  readonly parsed: ParsedScenario;
  /** The last text of the active document that was a scenario: what forms show while the text is broken. */
  readonly lastValid: { readonly text: string; readonly scenario: Scenario } | null;
}

export interface NewDocument {
  readonly id: string;
  readonly fileName: string;
  readonly origin: ScenarioDocument['origin'];
  readonly text: string;
  readonly handle?: string;
  /** When the text opened already differs from what was saved (a restored workspace). */
  readonly savedText?: string;
}

export interface DocumentsOptions {
  parse(text: string, fileName: string): ParsedScenario;
  /** ms; only for joining edits that follow each other closely into one step of undo */
  now(): number;
}

const undoLimit = 200;
const joinWithinMilliseconds = 1000;

/** The documents, and every way to change them. */
export function createDocuments({ parse, now }: DocumentsOptions) {
  const store = createStore<DocumentsState>(() => ({
    documents: [],
    activeId: '',
    parsed: { issues: [] },
    lastValid: null,
  }));
  /** The last edit, when a following one may join it. */
  let joinable: { readonly id: string; readonly key: string; readonly at: number } | null = null;

  function active(): ScenarioDocument | undefined {
    const { documents, activeId } = store.getState();
    return documents.find((document) => document.id === activeId);
  }

  function derived(document: ScenarioDocument): Pick<DocumentsState, 'parsed' | 'lastValid'> {
    const parsed = parse(document.text, document.fileName);
    const before = store.getState();
    if (parsed.scenario) return { parsed, lastValid: { text: document.text, scenario: parsed.scenario } };
    return { parsed, lastValid: before.activeId === document.id ? before.lastValid : lastValidOf(document) };
  }

  /** The newest text in the undo history that was a scenario, for a document restored while broken. */
  function lastValidOf(document: ScenarioDocument): DocumentsState['lastValid'] {
    for (const text of [...document.past.slice(-20).reverse(), document.savedText]) {
      const { scenario } = parse(text, document.fileName);
      if (scenario) return { text, scenario };
    }
    return null;
  }

  function replace(changed: ScenarioDocument): void {
    const { documents, activeId } = store.getState();
    store.setState({
      documents: documents.map((document) => (document.id === changed.id ? changed : document)),
      ...(changed.id === activeId ? derived(changed) : {}),
    });
  }

  return {
    store,
    active,

    /** Opens a document, or brings the one with this id to the front as it was left. */
    open(opened: NewDocument): void {
      joinable = null;
      const { documents } = store.getState();
      const existing = documents.find((document) => document.id === opened.id);
      const document: ScenarioDocument = existing ?? {
        id: opened.id,
        fileName: opened.fileName,
        origin: opened.origin,
        ...(opened.handle === undefined ? {} : { handle: opened.handle }),
        savedText: opened.savedText ?? opened.text,
        text: opened.text,
        past: [],
        future: [],
      };
      const next = derived(document);
      store.setState({
        documents: existing ? documents : [...documents, document],
        activeId: document.id,
        ...next,
      });
    },

    /** Takes a document off the desk; the caller makes sure that another one is opened. */
    close(id: string): void {
      store.setState(({ documents }) => ({ documents: documents.filter((document) => document.id !== id) }));
    },

    /**
     * Replaces the active text. One step of undo; edits with the same `join` key that follow each other within a
     * second are one step together (a drag, a word typed).
     */
    edit(text: string, join?: string): void {
      const document = active();
      if (!document || document.text === text) return;
      const at = now();
      const joins =
        join !== undefined &&
        joinable?.id === document.id &&
        joinable.key === join &&
        at - joinable.at < joinWithinMilliseconds;
      joinable = join === undefined ? null : { id: document.id, key: join, at };
      const past = joins ? document.past : [...document.past, document.text].slice(-undoLimit);
      replace({ ...document, text, past, future: [] });
    },

    undo(): boolean {
      const document = active();
      const previous = document?.past.at(-1);
      if (!document || previous === undefined) return false;
      joinable = null;
      replace({
        ...document,
        text: previous,
        past: document.past.slice(0, -1),
        future: [document.text, ...document.future],
      });
      return true;
    },

    redo(): boolean {
      const document = active();
      const next = document?.future[0];
      if (!document || next === undefined) return false;
      joinable = null;
      replace({ ...document, text: next, past: [...document.past, document.text], future: document.future.slice(1) });
      return true;
    },

    /** Back to what was saved or shipped; undo brings the edits back. */
    revert(): void {
      const document = active();
      if (!document || document.text === document.savedText) return;
      joinable = null;
      replace({
        ...document,
        text: document.savedText,
        past: [...document.past, document.text].slice(-undoLimit),
        future: [],
      });
    },

    markSaved(saved: { readonly text: string; readonly fileName: string; readonly handle?: string }): void {
      const document = active();
      if (!document) return;
      replace({
        ...document,
        savedText: saved.text,
        fileName: saved.fileName,
        ...(saved.handle === undefined ? {} : { handle: saved.handle }),
        origin: document.origin === 'new' ? 'file' : document.origin,
      });
    },
  };
}

export const isDirty = (document: ScenarioDocument): boolean => document.text !== document.savedText;
