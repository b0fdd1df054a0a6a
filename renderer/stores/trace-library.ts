import { createStore } from 'zustand/vanilla';

/** Where the bytes of dropped traces stay between sessions. */
export interface ByteStore {
  all(): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
  put(name: string, bytes: Uint8Array): Promise<void>;
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
  readonly shipped: ReadonlyMap<string, () => Promise<Uint8Array>>;
  readonly bytes: ByteStore;
}) {
  const store = createStore<{ readonly traces: readonly TraceEntry[] }>(() => ({
    traces: [...options.shipped.keys()].map((name) => ({ name, origin: 'shipped' as const })),
  }));
  const held = new Map<string, { readonly bytes: Uint8Array; readonly version: number }>();
  let nextVersion = 1;

  const hold = (name: string, bytes: Uint8Array): void => {
    held.set(name, { bytes, version: nextVersion++ });
  };

  return {
    store,

    /** Brings back what earlier sessions were given. */
    async restore(): Promise<void> {
      const saved = await options.bytes.all();
      for (const { name, bytes } of saved) hold(name, bytes);
      store.setState(({ traces }) => ({
        traces: [
          ...traces.filter(({ name }) => !saved.some((trace) => trace.name === name)),
          ...saved.map(({ name }) => ({ name, origin: 'dropped' as const })),
        ],
      }));
    },

    /** Whether this very content is what the name stands for already. */
    holds: (name: string, bytes: Uint8Array): boolean => held.get(name)?.bytes === bytes,

    /** Takes a file in. @returns false when it could only be kept in memory */
    async add(name: string, bytes: Uint8Array): Promise<boolean> {
      hold(name, bytes);
      store.setState(({ traces }) => ({
        traces: [...traces.filter((trace) => trace.name !== name), { name, origin: 'dropped' as const }],
      }));
      try {
        await options.bytes.put(name, bytes);
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
    async collect(names: readonly string[]): Promise<{ files: Map<string, Uint8Array>; identity: string }> {
      const files = new Map<string, Uint8Array>();
      const identity: string[] = [];
      for (const name of names) {
        if (!held.has(name)) {
          const fetched = await options.shipped.get(name)?.();
          if (fetched) hold(name, fetched);
        }
        const trace = held.get(name);
        if (!trace) continue;
        files.set(name, trace.bytes);
        identity.push(`${name}#${trace.version}`);
      }
      return { files, identity: identity.join(',') };
    },
  };
}
