/** A page's canvas and what is drawn on it. */
export class Sheet {
  /** @param {number} n */
  constructor(n) {
    this.n = n;
    this.px = 0;
    this.asked = 0;
    this.abort = new AbortController();
    /** @type {Promise<void> | null} */
    this.drawing = null;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "viewer__image";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  /** @param {ImageBitmap} bitmap @param {number} px */
  draw(bitmap, px) {
    const { width, height } = bitmap;
    this.canvas.width = width;
    this.canvas.height = height;
    const context = this.canvas.getContext("bitmaprenderer");
    if (context) context.transferFromImageBitmap(bitmap);
    else this.canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    bitmap.close();
    this.px = px;
  }

  /** Give the image's memory back now, not when the collector comes. */
  free() {
    this.abort.abort();
    this.canvas.remove();
    if (this.px) this.canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(null);
    this.canvas.width = this.canvas.height = 0;
    this.px = 0;
  }
}
