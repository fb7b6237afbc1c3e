// The service worker: keeps the static files of this release and one page without anything personal, and gives that page
// when a page of the desk or of the meetings cannot be had. It never keeps what a view answers. The server puts OFFLINE above this text.
{
  const { release, homes, shell, words, files } = OFFLINE;
  const NAME = `dinh-static-${release}`;
  const PATIENCE = 8_000;
  /** The release whose files change while somebody works on them. */
  const CHANGING = "dev";
  /** What a server says when nobody stands behind it. */
  const NOBODY = [502, 503, 504];
  const kept = new Set(files);
  /** @type {any} */
  const worker = self;

  worker.addEventListener("install", (/** @type {any} */ event) => {
    event.waitUntil(keep().then(() => worker.skipWaiting()));
  });

  worker.addEventListener("activate", (/** @type {any} */ event) => {
    event.waitUntil(forgetOthers().then(() => worker.clients.claim()));
  });

  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    /** @type {Request} */
    const request = event.request;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) return;
    if (request.mode === "navigate") {
      if (homes.some((home) => url.pathname.startsWith(home))) event.respondWith(page(request));
    } else if (kept.has(url.pathname) && release !== CHANGING) event.respondWith(still(request));
    else if (kept.has(url.pathname) || url.pathname === words) event.respondWith(fetch(request).then(fresh(request), () => still(request)));
  });

  async function keep() {
    const cache = await caches.open(NAME);
    await cache.addAll([shell, words, ...files]);
  }

  async function forgetOthers() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("dinh-static-") && name !== NAME).map((name) => caches.delete(name)));
  }

  /**
   * The page of the server as long as there is one. A line that only seems to be there is not waited for.
   * @param {Request} request
   */
  async function page(request) {
    const given = await Promise.race([
      fetch(request).catch(() => null),
      new Promise((done) => setTimeout(() => done(null), PATIENCE)),
    ]);
    if (given && !NOBODY.includes(given.status)) return given;
    return (await caches.match(shell, { ignoreSearch: true })) ?? given ?? Response.error();
  }

  /** @param {Request} request */
  async function still(request) {
    return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
  }

  /** @param {Request} request */
  function fresh(request) {
    return (/** @type {Response} */ answer) => {
      if (answer.ok) {
        const copy = answer.clone();
        void caches.open(NAME).then((cache) => cache.put(request, copy));
      }
      return answer;
    };
  }
}
