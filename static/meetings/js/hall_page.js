// The page on the hall screen: one bitmap on one canvas, and the projector kept awake.
import { ServerPages } from "../../files/js/page_source.js";

/**
 * @param {HTMLElement} container
 * @param {string} files address under which stored files are served
 */
export function hallPage(container, files) {
  const canvas = document.createElement("canvas");
  canvas.className = "hall__canvas";
  canvas.setAttribute("role", "img");
  /** @type {ServerPages | null} */
  let source = null;
  let shown = "";

  keepAwake();

  return {
    /**
     * @param {import("./follow.js").Paper | null} paper
     * @param {number} page from 1
     */
    async show(paper, page) {
      const ready = paper?.state === "ready" ? paper : null;
      const wanted = ready ? `${ready.file} ${page}` : "";
      if (wanted === shown) return;
      if (!ready) return this.close();
      if (!source || !shown.startsWith(`${ready.file} `)) source = new ServerPages({ base: `${files}${ready.file}/` });
      shown = wanted;
      try {
        const bitmap = await source.getPage(page, Math.round(container.clientWidth * devicePixelRatio) || 1200);
        if (shown !== wanted) return bitmap.close();
        canvas.width = bitmap.width;
        canvas.height = bitmap.height;
        canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
        canvas.setAttribute("aria-label", ready.title);
        bitmap.close();
        if (!canvas.isConnected) container.replaceChildren(canvas);
      } catch {
        if (shown === wanted) shown = "";
      }
    },
    close() {
      source = null;
      shown = "";
      canvas.width = canvas.height = 0;
      container.replaceChildren();
    },
  };
}

/** Asks for the screen to stay on, again whenever the page comes back; browsers give it only on https. */
function keepAwake() {
  const ask = () => {
    if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
