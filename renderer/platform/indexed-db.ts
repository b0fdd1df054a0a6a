import type { ByteStore } from '../stores/trace-library.ts';

const databaseName = 'headroom';
const storeName = 'traces';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName));
  return settled(request);
}

/** Traces a person dropped, in the browser's own database: they stay on this machine. */
export const indexedDbBytes: ByteStore = {
  async all() {
    const store = (await open()).transaction(storeName).objectStore(storeName);
    const [names, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    return names.flatMap((name, index) => {
      const value: unknown = values[index];
      // Earlier versions kept bytes.
      const blob = value instanceof Uint8Array ? new Blob([value as BlobPart]) : value;
      return typeof name === 'string' && blob instanceof Blob ? [{ name, blob }] : [];
    });
  },
  async put(name, blob) {
    await settled((await open()).transaction(storeName, 'readwrite').objectStore(storeName).put(blob, name));
  },
  async remove(name) {
    await settled((await open()).transaction(storeName, 'readwrite').objectStore(storeName).delete(name));
  },
};
