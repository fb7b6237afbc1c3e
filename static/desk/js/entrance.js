// @ts-check
/** Password fields get a button that shows what is typed; a form is sent once; errors get the focus. */

const ICONS = new URL("../../common/img/icons.svg", import.meta.url).pathname;
/** @param {string} name */
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${ICONS}#i-${name}`);
  svg.append(use);
  return svg;
}

for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[type=password]"))) {
  const group = document.createElement("div");
  const button = document.createElement("button");
  group.className = "input-group";
  button.type = "button";
  button.className = "icon-button";
  const draw = () => {
    const isShown = input.type === "text";
    button.setAttribute("aria-label", isShown ? gettext("Hide the password") : gettext("Show the password"));
    button.replaceChildren(icon(isShown ? "eye-off" : "eye"));
  };
  button.addEventListener("click", () => {
    input.type = input.type === "text" ? "password" : "text";
    draw();
  });
  input.classList.add("input");
  input.replaceWith(group);
  group.append(input, button);
  input.form?.addEventListener("submit", () => { input.type = "password"; });
  draw();
}

/** @type {HTMLElement | null} */ (document.querySelector("[data-error-summary]"))?.focus();
/** @type {HTMLInputElement | null} */ (document.querySelector("form.login__form input:not([type=hidden])"))?.focus({ preventScroll: true });
