// First contact: before anything is fetched or sent, the server is asked what may stay on this device. And emptying it.
import { csrf, newId } from "../commands.js";
import { shelf } from "../marks/shelf.js";
import { outdated } from "./lease.js";
import * as vault from "./vault.js";

/**
 * @typedef {{manifest: string, signature: string, keys: Record<string, string>}} Lease
 * @typedef {{is: "granted", lease: Lease} | {is: "refused", why: string} | {is: "gone"} | {is: "signed-out"} | {is: "away"}} Word
 */

const WAIT = 15_000;
/** How long emptying the device may hold up signing out. */
const PATIENCE = 2_000;
const OWN = "dinh-";

/** Nothing of this seat stays: neither the pack nor what was marked. @param {string} meeting */
async function removeAll(meeting) {
  const known = await vault.packOf(meeting);
  await vault.remove(meeting);
  if (known) await shelf(`dinh-room:${meeting}:${known.seat}`).forget().catch(() => undefined);
}

/**
 * Asks for the lease of one meeting.
 * @param {string} address
 * @param {number} [ready] papers held whole
 * @returns {Promise<Word>}
 */
export async function ask(address, ready) {
  const body = new URLSearchParams({ device: await vault.device(newId) });
  if (ready !== undefined) body.set("ready", String(ready));
  const answer = await fetch(address, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": csrf(), Accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout?.(WAIT),
  }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 403 || answer.status === 429) return { is: "away" };
  if (answer.type === "opaqueredirect") return { is: "signed-out" };
  if (answer.status === 404) return { is: "gone" };
  const told = await answer.json().catch(() => null);
  if (!told) return { is: "away" };
  return answer.ok ? { is: "granted", lease: told } : { is: "refused", why: told.error ?? "" };
}

/** The device has removed the meeting: its key need not be kept for it. @param {string} address */
export async function giveBack(address) {
  const body = new URLSearchParams({ device: await vault.device(newId) });
  await fetch(`${address}tra-lai/`, { method: "POST", body, headers: { "X-CSRFToken": csrf() }, redirect: "manual" }).catch(() => null);
}

/**
 * What a word of the server does to what lies here. Removals come first. The manifest, when there is one.
 * @param {string} meeting
 * @param {Word} word
 * @param {string} verifying
 */
export async function obey(meeting, word, verifying) {
  if (word.is === "signed-out") {
    for (const pack of await vault.packs()) await vault.remove(pack.meeting);
  } else if (word.is === "refused") {
    await vault.remove(meeting);
  } else if (word.is === "gone") {
    await removeAll(meeting);
  } else if (word.is === "granted") {
    const known = await vault.packOf(meeting);
    const seat = JSON.parse(word.lease.manifest).seat;
    if (known && known.seat !== seat) await removeAll(meeting);
    const manifest = await vault.accept(word.lease, verifying, Date.now());
    if (!manifest) return null;
    await vault.drop(meeting, outdated(manifest.papers, await vault.held(meeting)));
    return manifest;
  }
  return null;
}

/**
 * About every meeting that lies here. "none" when nothing does, "away" when nobody answered.
 * @param {string} home address of the meetings
 * @param {string} verifying
 * @returns {Promise<"none" | "away" | "done" | "signed-out">}
 */
export async function firstContact(home, verifying) {
  const found = await vault.turnLeases(Date.now());
  for (const { meeting } of found) {
    const word = await ask(`${home}${meeting}/mang-theo/`);
    await obey(meeting, word, verifying);
    if (word.is === "signed-out" || word.is === "away") return word.is;
  }
  return found.length ? "done" : "none";
}

/** Nothing of anybody stays in this browser: data, keys, caches, drafts. Never longer than a moment. */
export async function emptyDevice() {
  for (const storage of [localStorage, sessionStorage]) {
    for (const name of Object.keys(storage)) if (name.startsWith(`${OWN}room:`)) storage.removeItem(name);
  }
  const work = [emptyDatabases(), emptyCaches(), dismissWorker()];
  await Promise.race([Promise.allSettled(work), new Promise((done) => setTimeout(done, PATIENCE))]);
}

async function emptyDatabases() {
  const found = (await globalThis.indexedDB?.databases?.()) ?? [];
  await Promise.all(found.filter(({ name }) => name?.startsWith(OWN)).map(({ name }) => new Promise((done) => {
    const wish = indexedDB.deleteDatabase(name ?? "");
    wish.onsuccess = wish.onerror = done;
  })));
}

async function emptyCaches() {
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith(OWN)).map((name) => caches.delete(name)));
}

async function dismissWorker() {
  const found = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(found.map((registration) => registration.unregister()));
}
