// Runs before the first paint. The drawn room is shown where it can be drawn; where its modules do not arrive, do not
// run or are not understood, the plain page below it stays (css/plain.css).
(() => {
  const root = document.documentElement;
  const PATIENCE = 10_000;
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  root.dataset.scripts = "";
  const stayPlain = () => {
    if (root.dataset.roomDigest === undefined && root.dataset.roomState !== "ended") delete root.dataset.scripts;
  };
  addEventListener(
    "error",
    ({ target }) => {
      if (target === window || target instanceof HTMLScriptElement) stayPlain();
    },
    true,
  );
  setTimeout(stayPlain, PATIENCE);
})();
