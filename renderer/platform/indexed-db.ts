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
      const bytes: unknown = values[index];
      return typeof name === 'string' && bytes instanceof Uint8Array ? [{ name, bytes }] : [];
    });
  },
  async put(name, bytes) {
    await settled((await open()).transaction(storeName, 'readwrite').objectStore(storeName).put(bytes, name));
  },
  async remove(name) {
    await settled((await open()).transaction(storeName, 'readwrite').objectStore(storeName).delete(name));
  },
};
