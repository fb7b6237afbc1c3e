// Time that groups share, for those who set it: what is kept, with its buttons. The forms stand in the template.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { duration, fill } from "../words.js";
import { kindName } from "./floor.js";

/** @param {import("../model.js").Model} m */
export function drawBudgetDesk(m) {
  const { budgets = [] } = m.floor;
  if (!budgets.length) return html`<p class="is-muted">${gettext("Nobody shares a time: every turn has its own length.")}</p>`;
  const quiet = m.quiet("set_time_budget");
  return html`<ul class="list">${budgets.map((row) => html`<li class="list__row" data-budget-row=${row.name}><span class="list__main"><span class="list__title">${row.name}</span><span class="list__meta">${about(m, row)}</span></span><button class="button" type="button" @click=${() => m.act.editBudget(row)}>${gettext("Change")}<span class="visually-hidden">: ${row.name}</span></button><button class="button" type="button" data-act="remove_time_budget" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.removeBudget(row.name)}>${gettext("Remove")}<span class="visually-hidden">: ${row.name}</span></button></li>`)}</ul>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../floor.js").Budget} row
 */
function about(m, row) {
  const item = m.plan.flat.find((each) => each.id === row.item);
  const people = row.seats.length ? fill(ngettext("%(n)s person", "%(n)s people", row.seats.length), { n: row.seats.length }) : gettext("everybody");
  return [duration(Math.round(row.seconds / 60)), row.kind ? kindName(row.kind) : "", people, item ? fill(gettext("Item %(number)s"), { number: item.number }) : ""].filter(Boolean).join(" · ");
}
