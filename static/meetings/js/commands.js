// Commands of this seat: an HTTP POST with an id made here, so that a retry gets the first answer.

/** The server understood and said no; `message` is its sentence. */
export class Refused extends Error {
  /**
   * @param {string} message
   * @param {number} status
   * @param {{revision?: number, sections?: Record<string, unknown>}} answer
   */
  constructor(message, status, answer) {
    super(message);
    this.status = status;
    this.answer = answer;
  }
}

/** No answer: nobody knows whether it was done. A retry with the same id is safe. */
export class Unreachable extends Error {}

/** A random id; `crypto.randomUUID` exists only on https, a hall's network often is not. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The CSRF token: of the cookie, which a login elsewhere renews, else of the page. */
export function csrf() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  if (cookie) return cookie.slice("csrftoken=".length);
  return /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
}

const WAIT = 8_000;
const PAUSES = [400, 1_500];

/**
 * Sends one command; tries again with the same id when the line is bad.
 * @param {string} act
 * @param {Record<string, string | number>} fields
 * @param {string} [command] the id; given when this is a later retry of the same act
 * @returns {Promise<{revision: number, sections: Record<string, unknown>}>}
 * @throws {Refused | Unreachable}
 */
export async function send(act, fields, command = newId()) {
  const body = new URLSearchParams({ command, revision: document.documentElement.dataset.roomRevision ?? "" });
  for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await post(act, body);
    } catch (error) {
      if (error instanceof Refused || attempt >= PAUSES.length) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSES[attempt]));
    }
  }
}

/**
 * @param {string} act
 * @param {URLSearchParams} body
 */
async function post(act, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), WAIT);
  try {
    const response = await fetch(new URL(`../lenh/${act}/`, location.href), {
      method: "POST",
      body,
      headers: { "X-CSRFToken": csrf(), Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
      signal: stop.signal,
    });
    // 507: a full disk is an answer, nothing was done, and trying again at once would not help.
    if (response.status >= 500 && response.status !== 507) throw new Unreachable(String(response.status));
    const answer = await response.json().catch(() => ({}));
    if (!response.ok || answer.error) throw new Refused(answer.error ?? gettext("The server did not accept this. Reload the page."), response.status, answer);
    return answer;
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unreachable(error instanceof Error ? error.message : "");
  } finally {
    clearTimeout(timer);
  }
}
