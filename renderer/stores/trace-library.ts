import { createStore } from 'zustand/vanilla';
import type { TraceBlob } from '../worker/contract.ts';

/** Where dropped traces stay between sessions. */
export interface ByteStore {
  all(): Promise<readonly { readonly name: string; readonly blob: Blob }[]>;
  put(name: string, blob: Blob): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface TraceEntry {
  /** As scenarios name it: `traces/checkout.csv` */
  readonly name: string;
  readonly origin: 'shipped' | 'dropped';
}

/**
 * Trace files by name: those that ship, fetched when first needed, and those a person dropped, which win over
 * shipped ones of the same name.
 */
export function createTraceLibrary(options: {
  readonly shipped: ReadonlyMap<string, () => Promise<Blob>>;
  readonly bytes: ByteStore;
}) {
  const store = createStore<{ readonly traces: readonly TraceEntry[] }>(() => ({
    traces: [...options.shipped.keys()].map((name) => ({ name, origin: 'shipped' as const })),
  }));
  const held = new Map<string, TraceBlob>();
  let nextVersion = 1;

  const hold = (name: string, blob: Blob): void => {
    held.set(name, { blob, version: nextVersion++ });
  };

  return {
    store,

    /** Brings back what earlier sessions were given. */
    async restore(): Promise<void> {
      const saved = await options.bytes.all();
      for (const { name, blob } of saved) hold(name, blob);
      store.setState(({ traces }) => ({
        traces: [
          ...traces.filter(({ name }) => !saved.some((trace) => trace.name === name)),
          ...saved.map(({ name }) => ({ name, origin: 'dropped' as const })),
        ],
      }));
    },

    /** Whether this very content is what the name stands for already. */
    holds: (name: string, blob: Blob): boolean => held.get(name)?.blob === blob,

    /** Takes a file in. @returns false when it could only be kept in memory */
    async add(name: string, blob: Blob): Promise<boolean> {
      hold(name, blob);
      store.setState(({ traces }) => ({
        traces: [...traces.filter((trace) => trace.name !== name), { name, origin: 'dropped' as const }],
      }));
      try {
        await options.bytes.put(name, blob);
        return true;
      } catch {
        return false;
      }
    },

    async remove(name: string): Promise<void> {
      held.delete(name);
      store.setState(({ traces }) => ({
        traces: traces
          .filter((trace) => trace.name !== name)
          .concat(options.shipped.has(name) ? [{ name, origin: 'shipped' as const }] : []),
      }));
      await options.bytes.remove(name).catch(() => {});
    },

    /** The files of these names that there are, and what identifies their content. */
    async collect(names: readonly string[]): Promise<{ files: Map<string, TraceBlob>; identity: string }> {
      const files = new Map<string, TraceBlob>();
      const identity: string[] = [];
      for (const name of names) {
        if (!held.has(name)) {
          const fetched = await options.shipped.get(name)?.();
          if (fetched) hold(name, fetched);
        }
        const trace = held.get(name);
        if (!trace) continue;
        if (files.has(name)) continue;
        files.set(name, trace);
        identity.push(`${name}#${trace.version}`);
      }
      return { files, identity: identity.join(',') };
    },
  };
}
