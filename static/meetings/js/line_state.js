// How the line to the room is, as a reader needs to know it: a banner only once it has been away for a while.

const BANNER_AFTER = 5_000;

/**
 * @param {object} options
 * @param {number} options.now server time at the start
 * @param {() => number} options.serverNow
 * @param {() => void} options.back the line is up again
 * @param {() => void} options.changed what is drawn must be drawn again
 */
export function lineState({ now, serverNow, back, changed }) {
  const link = { state: "connecting", banner: false, young: true, last: now };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer = setTimeout(down, BANNER_AFTER);

  function down() {
    link.young = false;
    link.banner = link.state !== "live";
    changed();
  }

  return {
    link,
    /** @param {"live" | "connecting" | "offline"} state */
    became(state) {
      const was = link.state;
      link.state = state;
      if (state === "live") {
        clearTimeout(timer);
        timer = undefined;
        link.banner = link.young = false;
        if (was !== "live") back();
      } else if (was === "live") {
        link.last = serverNow();
        clearTimeout(timer);
        timer = setTimeout(down, BANNER_AFTER);
      }
      changed();
    },
    stop: () => clearTimeout(timer),
  };
}
