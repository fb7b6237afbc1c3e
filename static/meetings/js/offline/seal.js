// Sealing what lies on the device, and checking what the server signed. AES-GCM with keys no script can read out.

/** @typedef {{iv: Uint8Array, data: ArrayBuffer}} Sealed */

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const text = new TextEncoder();

/** @param {string} base64 */
function bytes(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Whether this browser seals at all: only where the address is secure. */
export function canSeal() {
  return Boolean(globalThis.crypto?.subtle);
}

/**
 * A key as the server hands it out, made one that can be used and not read out.
 * @param {string} base64 32 bytes
 */
export function keyFrom(base64) {
  return crypto.subtle.importKey("raw", bytes(base64), "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * @param {CryptoKey} key
 * @param {BufferSource} data
 * @param {string} place what it is and where it belongs: opened under another one it does not open
 * @returns {Promise<Sealed>}
 */
export async function seal(key, data, place) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(place) }, key, data) };
}

/**
 * The bytes, or null when they were changed, moved or sealed with another key.
 * @param {CryptoKey} key
 * @param {Sealed | undefined} sealed
 * @param {string} place
 */
export async function unseal(key, sealed, place) {
  if (!sealed) return null;
  const how = { name: "AES-GCM", iv: /** @type {Uint8Array<ArrayBuffer>} */ (sealed.iv), additionalData: text.encode(place) };
  return crypto.subtle.decrypt(how, key, sealed.data).catch(() => null);
}

/**
 * Whether the server signed this text.
 * @param {string} signed
 * @param {string} signature base64 of r and s
 * @param {string} verifying base64 of the point of the curve
 */
export async function isSigned(signed, signature, verifying) {
  try {
    const key = await crypto.subtle.importKey("raw", bytes(verifying), CURVE, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), text.encode(signed));
  } catch {
    return false;
  }
}

/** SHA-256 in hexadecimal digits. @param {BufferSource} data */
export async function digestOf(data) {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...made].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
