import { createStore } from 'zustand/vanilla';

export interface Message {
  readonly id: number;
  readonly kind: 'info' | 'done' | 'error';
  /** What happened and what to do about it. */
  readonly text: string;
  readonly action?: { readonly label: string; run(): void };
}

/** Short words to the person, newest last. Errors stay until they are dismissed. */
export function createMessages() {
  const store = createStore<{ readonly messages: readonly Message[] }>(() => ({ messages: [] }));
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
      store.setState(({ messages }) => ({
        messages: [...messages.filter((other) => other.text !== text), message].slice(-4),
      }));
    },
  };
}
