import { createStore } from 'zustand/vanilla';

export interface Message {
  readonly id: number;
  readonly kind: 'info' | 'done' | 'error';
  /** What happened and what to do about it. */
  readonly text: string;
  readonly action?: { readonly label: string; run(): void };
}

/** A message that was shown, kept for the log. */
export interface LoggedMessage extends Pick<Message, 'kind' | 'text'> {
  /** Unix time, ms */
  readonly at: number;
}

export interface MessagesState {
  /** On screen, newest last. */
  readonly messages: readonly Message[];
  /** Everything said since the window opened, newest first. */
  readonly log: readonly LoggedMessage[];
}

const logLength = 200;

/** Short words to the person. Errors stay until they are dismissed. @param now Unix time, ms */
export function createMessages(now: () => number) {
  const store = createStore<MessagesState>(() => ({ messages: [], log: [] }));
  let nextId = 1;
  const dismiss = (id: number): void =>
    store.setState(({ messages }) => ({ messages: messages.filter((message) => message.id !== id) }));
  return {
    store,
    dismiss,
    say(kind: Message['kind'], text: string, action?: Message['action']): void {
      const id = nextId++;
      const message: Message = { id, kind, text, ...(action ? { action } : {}) };
      // The same words again only move to the end; four at once is more than anyone reads.
      store.setState(({ messages, log }) => ({
        messages: [...messages.filter((other) => other.text !== text), message].slice(-4),
        log: [{ at: now(), kind, text }, ...log].slice(0, logLength),
      }));
    },
  };
}
