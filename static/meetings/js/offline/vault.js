// Where packs lie on the device: an IndexedDB of their own. Keys and data are in different tables; titles and contents
// are only there sealed.
import { seenAt, serverTime } from "./lease.js";
import { isSigned, keyFrom, seal, unseal } from "./seal.js";

/**
 * @typedef {import("./lease.js").Manifest} Manifest
 * @typedef {import("./seal.js").Sealed} Sealed
 * @typedef {object} Pack what is known of a meeting without opening anything
 * @property {string} meeting
 * @property {number} seat
 * @property {string} access
 * @property {number} until
 * @property {import("./lease.js").Clock} clock
 * @property {number} contact when the server was last asked, its own time
 * @property {number | null} lost when the room lost the line, if it is lost
 * @property {Sealed} manifest
 * @property {{file: string, until: number}[]} leases
 */

const NAME = "dinh-packs";
const TABLES = ["packs", "keys", "parts", "device"];

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opening ??= new Promise((done, fail) => {
    const wish = indexedDB.open(NAME, 1);
    wish.onupgradeneeded = () => TABLES.forEach((table) => wish.result.createObjectStore(table));
    wish.onerror = () => fail(wish.error);
    wish.onsuccess = () => {
      // Another page empties the device: this one must not hold it up.
      wish.result.onversionchange = () => forget();
      wish.result.onclose = () => (opening = null);
      done(wish.result);
    };
  });
  opening.catch(() => (opening = null));
  return opening;
}

function forget() {
  void opening?.then((database) => database.close());
  opening = null;
}

/**
 * One transaction; what `act` asks for last is the result.
 * @template T
 * @param {string[]} tables
 * @param {"readonly" | "readwrite"} mode
 * @param {(tables: Record<string, IDBObjectStore>) => IDBRequest<T> | void} act
 * @returns {Promise<T>}
 */
async function within(tables, mode, act) {
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(tables, mode);
    const wish = act(Object.fromEntries(tables.map((table) => [table, transaction.objectStore(table)])));
    transaction.oncomplete = () => done(/** @type {T} */ (wish?.result));
    transaction.onerror = transaction.onabort = () => fail(transaction.error ?? new Error("aborted"));
  });
}

/** Everything of one meeting in a table. @param {string} meeting */
const all = (meeting) => IDBKeyRange.bound([meeting], [meeting, []]);

/** The number of this browser, made when the first meeting is taken along. @param {() => string} make */
export async function device(make) {
  const known = await within(["device"], "readonly", ({ device: table }) => table.get("id"));
  if (known) return /** @type {string} */ (known);
  const made = make();
  await within(["device"], "readwrite", ({ device: table }) => table.put(made, "id"));
  return made;
}

/** Every meeting there is a pack of. @returns {Promise<Pack[]>} */
export async function packs() {
  // A database that was never made is not made by a look into it.
  const made = await indexedDB.databases?.().catch(() => null);
  if (made && !made.some(({ name }) => name === NAME)) return [];
  return within(["packs"], "readonly", ({ packs: table }) => table.getAll());
}

/** @param {string} meeting @returns {Promise<Pack | undefined>} */
export async function packOf(meeting) {
  return (await packs()).find((pack) => pack.meeting === meeting);
}

/**
 * Keeps a manifest the server has just handed out, with its keys. Null when the signature is not the server's.
 * @param {{manifest: string, signature: string, keys: Record<string, string>}} answer
 * @param {string} verifying
 * @param {number} now the device's time
 */
export async function accept(answer, verifying, now) {
  if (!(await isSigned(answer.manifest, answer.signature, verifying))) return null;
  /** @type {Manifest} */
  const manifest = JSON.parse(answer.manifest);
  const keys = await Promise.all(Object.entries(answer.keys).map(async ([what, key]) => /** @type {const} */ ([what, await keyFrom(key)])));
  const own = keys.find(([what]) => what === "")?.[1];
  if (!own) return null;
  const text = new TextEncoder().encode(JSON.stringify({ manifest: answer.manifest, signature: answer.signature }));
  /** @type {Pack} */
  const pack = {
    meeting: manifest.meeting,
    seat: manifest.seat,
    access: manifest.access,
    until: manifest.until,
    clock: { issued: manifest.issued, at: now, seen: now },
    contact: manifest.issued,
    lost: null,
    manifest: await seal(own, text, `manifest ${manifest.meeting}`),
    leases: manifest.papers.map(({ file, until }) => ({ file, until })),
  };
  await within(["packs", "keys"], "readwrite", ({ packs: table, keys: kept }) => {
    kept.delete(all(manifest.meeting));
    for (const [what, key] of keys) kept.put(key, [manifest.meeting, what]);
    table.put(pack, manifest.meeting);
  });
  return manifest;
}

/**
 * The key of one thing, as long as its lease lasts.
 * @param {string} meeting
 * @param {string} what a file, or "" for the manifest
 * @returns {Promise<CryptoKey | undefined>}
 */
export function key(meeting, what) {
  return within(["keys"], "readonly", ({ keys }) => keys.get([meeting, what]));
}

/**
 * The manifest of a pack whose lease lasts, checked; null for any other.
 * @param {Pack} pack
 * @param {string} verifying
 * @returns {Promise<Manifest | null>}
 */
export async function manifestOf(pack, verifying) {
  const own = await key(pack.meeting, "");
  const plain = own ? await unseal(own, pack.manifest, `manifest ${pack.meeting}`) : null;
  if (!plain) return null;
  const { manifest, signature } = JSON.parse(new TextDecoder().decode(plain));
  return (await isSigned(manifest, signature, verifying)) ? JSON.parse(manifest) : null;
}

/**
 * Takes away the keys of what is over and notes the time. Returns the packs as they are now.
 * @param {number} now the device's time
 */
export async function turnLeases(now) {
  const found = await packs();
  if (!found.length) return found;
  await within(["packs", "keys"], "readwrite", ({ packs: table, keys }) => {
    for (const pack of found) {
      pack.clock = seenAt(pack.clock, now);
      const time = serverTime(pack.clock, now);
      for (const lease of pack.leases) if (lease.until <= time) keys.delete([pack.meeting, lease.file]);
      if (pack.until <= time) keys.delete(all(pack.meeting));
      table.put(pack, pack.meeting);
    }
  });
  return found;
}

/** @param {string} meeting @param {number | null} at when the line was lost, null when it is back */
export async function noteLine(meeting, at) {
  const pack = await packOf(meeting);
  if (pack && pack.lost !== at) await within(["packs"], "readwrite", ({ packs: table }) => table.put({ ...pack, lost: at }, meeting));
}

/** The places of a meeting's parts. @param {string} meeting @returns {Promise<Set<string>>} */
export async function held(meeting) {
  const keys = await within(["parts"], "readonly", ({ parts }) => parts.getAllKeys(all(meeting)));
  return new Set(keys.map((key) => /** @type {string[]} */ (key)[1]));
}

/** @param {string} meeting @param {string} place @param {Sealed} sealed */
export async function put(meeting, place, sealed) {
  await within(["parts"], "readwrite", ({ parts }) => parts.put(sealed, [meeting, place]));
}

/** @param {string} meeting @param {string} place @returns {Promise<Sealed | undefined>} */
export function part(meeting, place) {
  return within(["parts"], "readonly", ({ parts }) => parts.get([meeting, place]));
}

/** @param {string} meeting @param {string[]} places */
export async function drop(meeting, places) {
  if (places.length) await within(["parts"], "readwrite", ({ parts }) => places.forEach((place) => parts.delete([meeting, place])));
}

/** Nothing of this meeting stays. @param {string} meeting */
export async function remove(meeting) {
  if (!(await packOf(meeting))) return;
  await within(["packs", "keys", "parts"], "readwrite", ({ packs: table, keys, parts }) => {
    table.delete(meeting);
    keys.delete(all(meeting));
    parts.delete(all(meeting));
  });
}
