// Where marks lie on this device, so that a killed browser loses none: IndexedDB, or memory where there is none.

/** @typedef {import("./pending.js").Kept} Kept */

const DATABASE = "dinh-marks";
const STORE = "marks";

/** @returns {Promise<IDBDatabase | null>} */
function opened() {
  return new Promise((resolve) => {
    try {
      const asking = indexedDB.open(DATABASE, 1);
      asking.onupgradeneeded = () => asking.result.createObjectStore(STORE, { keyPath: ["room", "id"] });
      asking.onsuccess = () => {
        // Another version of the page wants to change the shelf: it must not wait for this one.
        asking.result.onversionchange = () => asking.result.close();
        resolve(asking.result);
      };
      asking.onerror = asking.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

/** @param {string} room meeting and seat: nobody else's are read */
export function shelf(room) {
  const opening = opened();

  /**
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest | void} work
   * @returns {Promise<any>} what the request brought, once everything lies there
   */
  async function transact(mode, work) {
    const database = await opening;
    if (!database) throw new Error("no shelf");
    return new Promise((resolve, reject) => {
      // Strict: also a battery that runs flat now loses nothing.
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
  }

  const mine = () => IDBKeyRange.bound([room], [room, []]);

  return {
    /** @returns {Promise<Kept[]>} in the order they were made */
    async read() {
      const rows = await transact("readonly", (store) => store.getAll(mine()));
      return rows.sort((/** @type {Kept} */ one, /** @type {Kept} */ other) => one.at - other.at);
    },
    /** @param {Kept[]} put @param {string[]} [removed] */
    write(put, removed = []) {
      return transact("readwrite", (store) => {
        for (const kept of put) store.put(kept);
        for (const id of removed) store.delete([room, id]);
      });
    },
    /** Nothing of this seat stays on the device. */
    forget: () => transact("readwrite", (store) => store.delete(mine())),
  };
}

/** What lies here of anybody, without making a shelf where there is none. @returns {Promise<Kept[]>} */
export async function everything() {
  const known = await indexedDB.databases?.();
  if (known && !known.some(({ name }) => name === DATABASE)) return [];
  const database = await opened();
  if (!database) return [];
  return new Promise((resolve) => {
    const request = database.transaction(STORE).objectStore(STORE).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve([]);
    request.transaction?.addEventListener("complete", () => database.close());
  });
}
