// The paper on the screen has been replaced: what is different, and the way there. The reader's page stays.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { clock } from "../time.js";
import { fill } from "../words.js";
import { icon } from "./parts.js";

/** @param {[number, number][]} runs */
function pageList(runs) {
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

/** @param {NonNullable<import("../follow.js").Paper["news"]>} news */
function changedWords(news) {
  if (news.pages === null) return gettext("The pages are being compared…");
  const parts = [];
  if (news.count) parts.push(fill(ngettext("Changed: page %(pages)s", "Changed: pages %(pages)s", news.count), { pages: pageList(news.pages) }));
  if (news.removed) parts.push(fill(ngettext("%(n)s page was taken out", "%(n)s pages were taken out", news.removed), { n: news.removed }));
  return parts.length ? parts.join("; ") : gettext("The words of every page are the same");
}

/** @param {import("../model.js").Model} m */
export function drawPaperNews(m) {
  const { paper } = m.reading;
  const { news } = paper ?? {};
  if (!paper || !news || paper.version <= (m.known.get(paper.id) ?? paper.version)) return nothing;
  const [ahead] = (news.pages ?? []).filter(([first]) => first > m.view.page);
  const next = ahead?.[0] ?? news.pages?.[0]?.[0];
  const title = fill(gettext("Version %(number)s since %(time)s"), { number: paper.version, time: clock(news.at, m.zone) });
  return html`<section class="strip order" aria-label=${gettext("New version of this paper")} data-news=${paper.id}>${icon("file")}<p class="order__text" role="status"><strong>${title}</strong><span class="is-muted">${changedWords(news)}</span></p>
    <div class="news__acts">${next && next !== m.view.page ? html`<button class="button" type="button" @click=${() => m.act.browsePage(next)}>${fill(gettext("To page %(page)s"), { page: next })}</button>` : nothing}<button class="button button--quiet" type="button" data-act="understood" @click=${() => m.act.understood(paper)}>${icon("check", "sm")}${gettext("Understood")}</button></div></section>`;
}
