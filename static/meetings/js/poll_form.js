// The form of a vote, in preparation and in the room: it shows the fields that belong to what is chosen, and begins with
// the majority and the quorum the body keeps for it.

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {HTMLFormElement} form */
export function shape(form) {
  const kind = field(form, "kind").value;
  const own = field(form, "majority_kind").value;
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-when]"))) {
    part.hidden = !(part.dataset.when ?? "").split(" ").some((word) => word === kind || word === own);
  }
}

/**
 * What the body keeps for this kind of vote, until somebody writes a rule of their own.
 * @param {HTMLFormElement} form
 */
function follow(form) {
  if (form.dataset.ownRule !== undefined) return;
  /** @type {Record<string, Record<string, string | number>>} */
  const rules = JSON.parse(form.dataset.rules || "{}");
  for (const [name, value] of Object.entries(rules[field(form, "kind").value] ?? {})) field(form, name).value = String(value);
}

/** @param {HTMLFormElement} form */
export function tend(form) {
  if (form.dataset.tended !== undefined) return;
  form.dataset.tended = "";
  form.addEventListener("change", (event) => {
    const { name } = /** @type {HTMLInputElement} */ (event.target);
    if (name === "kind") follow(form);
    else if (/^(majority|quorum|numerator|denominator)/.test(name)) form.dataset.ownRule = "";
    shape(form);
  });
  form.addEventListener("reset", () => delete form.dataset.ownRule);
  shape(form);
}
