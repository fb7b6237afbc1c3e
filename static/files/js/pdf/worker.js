/**
 * Draws pages of PDFs away from the page's own thread. Started by engine.js, one request at a time, and ended by it when
 * it does not answer. Its script, and nothing else of the site, is allowed to compile WebAssembly.
 */

import { init } from "../../../vendor/pdfium/pdfium.js";
import { blobBlocks, Lost, rangedBlocks } from "./bytes.js";

/** @typedef {{handle: number, blocks: import("./bytes.js").Blocks, access: number, read: number, pages: number}} Document */

const MAX_PIXELS = 5_240_000;
const RGBA = 4;
/** Annotations of the file itself, and red before blue. */
const FLAGS = 0x01 | 0x10;

const scope = /** @type {any} */ (globalThis);
/** @type {Map<number, Document>} */
const open = new Map();
/** One for all pages of a size: fifteen megabytes of litter a page would be swept away too late. @type {ImageData | null} */
let pixels = null;
const starting = init({ locateFile: () => new URL("../../../vendor/pdfium/pdfium.wasm", import.meta.url).href }).then((made) => {
  made.PDFiumExt_Init();
  return made;
});
starting.then(() => scope.postMessage({ ready: true }), () => scope.postMessage({ ready: false }));

/** @param {any} pdfium @param {number} doc @param {{url?: string, blob?: Blob}} where */
function opened(pdfium, doc, { url, blob }) {
  const blocks = blob ? blobBlocks(blob) : rangedBlocks(/** @type {string} */ (url), (fetching) => scope.postMessage({ fetching }));
  const { addFunction, removeFunction, setValue, wasmExports } = pdfium.pdfium;
  const read = addFunction((/** @type {number} */ _param, /** @type {number} */ position, /** @type {number} */ target, /** @type {number} */ length) =>
    blocks.read(position >>> 0, length >>> 0, pdfium.pdfium.HEAPU8, target >>> 0) ? 1 : 0, "iiiii");
  const access = wasmExports.malloc(12);
  setValue(access, blocks.size, "i32");
  setValue(access + 4, read, "i32");
  setValue(access + 8, 0, "i32");
  const handle = pdfium.FPDF_LoadCustomDocument(access, null);
  if (!handle) {
    removeFunction(read);
    wasmExports.free(access);
    throw blocks.isLost ? new Lost() : new Error("broken");
  }
  const pages = pdfium.FPDF_GetPageCount(handle);
  open.set(doc, { handle, blocks, access, read, pages });
  return { pages };
}

/** @param {any} pdfium @param {number} doc */
function closed(pdfium, doc) {
  const document = open.get(doc);
  if (!document) return;
  open.delete(doc);
  pdfium.FPDF_CloseDocument(document.handle);
  pdfium.pdfium.removeFunction(document.read);
  pdfium.pdfium.wasmExports.free(document.access);
}

/**
 * @param {any} pdfium
 * @param {{doc: number, index: number, px: number, part?: {x: number, y: number, width: number, height: number}}} wish
 */
async function drawn(pdfium, { doc, index, px, part }) {
  const document = open.get(doc);
  if (!document) throw new Lost();
  const page = pdfium.FPDF_LoadPage(document.handle, index);
  if (!page) throw document.blocks.isLost ? new Lost() : new Error("broken");
  try {
    const points = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
    const most = part ? Infinity : Math.sqrt(MAX_PIXELS / (points[0] * points[1]));
    const fine = Math.min(px / points[0], most);
    const whole = [Math.max(Math.round(points[0] * fine), 1), Math.max(Math.round(points[1] * fine), 1)];
    const { x, y, width, height } = part ?? { x: 0, y: 0, width: whole[0], height: whole[1] };
    if (width * height > 2 * MAX_PIXELS) throw new Error("broken");
    const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, RGBA, 0, 0);
    if (!bitmap) throw new Error("memory");
    try {
      pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      pdfium.FPDF_RenderPageBitmap(bitmap, page, -x, -y, whole[0], whole[1], 0, FLAGS);
      const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
      if (pixels?.width !== width || pixels.height !== height) pixels = new ImageData(width, height);
      pixels.data.set(pdfium.pdfium.HEAPU8.subarray(start, start + width * height * 4));
    } finally {
      pdfium.FPDFBitmap_Destroy(bitmap);
    }
    if (document.blocks.isLost) throw new Lost();
    return await createImageBitmap(pixels);
  } finally {
    pdfium.FPDF_ClosePage(page);
  }
}

/** @param {MessageEvent} event */
scope.onmessage = async ({ data }) => {
  try {
    const pdfium = await starting;
    if (data.act === "open") scope.postMessage({ id: data.id, value: opened(pdfium, data.doc, data) });
    else if (data.act === "close") scope.postMessage({ id: data.id, value: closed(pdfium, data.doc) });
    else {
      const value = await drawn(pdfium, data);
      scope.postMessage({ id: data.id, value }, [value]);
    }
  } catch (error) {
    if (error instanceof Lost) await starting.then((pdfium) => closed(pdfium, data.doc));
    scope.postMessage({ id: data.id, error: error instanceof Lost ? "lost" : "broken" });
  }
};
