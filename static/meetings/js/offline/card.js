// The card "take along" on a meeting's own page.
import { render } from "../../../vendor/lit-html/lit-html.js";
import { keeper } from "./keeper.js";
import { drawTaken } from "./screen.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-take-along]"));
if (place) {
  const { meeting = "", address = "", files = "", verifying = "", worker = "", zone = "" } = place.dataset;
  const keeping = keeper({ meeting, address, files, verifying, worker }, draw);

  function draw() {
    if (place) render(drawTaken(keeping.taken, zone, { take: () => void keeping.take(), remove: () => void keeping.remove() }), place);
  }

  draw();
  void keeping.look();
}
