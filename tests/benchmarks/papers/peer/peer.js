// pdf.js core with the settings that suit it: ranges of 64 KB, nothing fetched that is not shown, three canvases held.
import * as pdfjs from "./pdfjs/pdf.min.mjs";

pdfjs.GlobalWorkerOptions.workerSrc = new URL("./pdfjs/pdf.worker.min.mjs", import.meta.url).href;
const main = document.querySelector("main");
const held = new Map();
const loading = pdfjs.getDocument({
  url: `${new URLSearchParams(location.search).get("file")}.pdf`, disableAutoFetch: true, disableStream: true,
  rangeChunkSize: 65536, isEvalSupported: false, cMapUrl: "./pdfjs/cmaps/", cMapPacked: true, standardFontDataUrl: "./pdfjs/fonts/",
});

/** Draw page `n` `px` pixels wide, at most 5.24 megapixels, and show it. */
window.show = async (n, px = 1640) => {
  const paper = await loading.promise;
  const page = await paper.getPage(n);
  const plain = page.getViewport({ scale: 1 });
  const scale = Math.min(px / plain.width, Math.sqrt(5_240_000 / (plain.width * plain.height)));
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvasContext: canvas.getContext("2d", { alpha: false }), canvas, viewport }).promise;
  page.cleanup();
  main.replaceChildren(canvas);
  held.set(n, canvas);
  for (const [other, old] of [...held].slice(0, Math.max(held.size - 3, 0))) {
    old.width = old.height = 0;
    held.delete(other);
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
};

window.first = window.show(1).then(() => performance.now());
