import { isRecord } from '../api/api-problem';
import type { SharedTurn, Turn } from './renewal-turn';

const DATABASE = 'daybook.session';
const STORE = 'turns';
const KEY = 'renewal';
/** Nobody waits for longer to be signed in because a browser's storage hangs. */
const OPEN_MS = 2_000;

/**
 * The turn in IndexedDB: the one storage whose transactions exclude each other across tabs, and which, unlike Web Locks, is
 * there on plain http too. Null where the browser keeps none, as some do in private windows, or does not say.
 */
export async function openSharedTurn(): Promise<SharedTurn | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), OPEN_MS));
  const database = await Promise.race([open().catch(() => null), late]);
  return database && { change: (next) => change(database, next) };
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('No database'));
  });
}

function change(database: IDBDatabase, next: (present: Turn | null) => Turn | null): Promise<Turn | null> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, 'readwrite');
    const store = transaction.objectStore(STORE);
    const read: IDBRequest<unknown> = store.get(KEY);
    let result: Turn | null = null;
    read.onsuccess = () => {
      result = next(isTurn(read.result) ? read.result : null);
      if (result) store.put(result, KEY);
      else store.delete(KEY);
    };
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(transaction.error ?? new Error('Not written'));
  });
}

function isTurn(value: unknown): value is Turn {
  return (
    isRecord(value) &&
    typeof value.holder === 'string' &&
    typeof value.since === 'number' &&
    typeof value.mark === 'string'
  );
}
