// The agenda as the screens draw it. Pure: the flat list of the server in, a tree with times out.

/**
 * @typedef {object} Item
 * @property {number} id
 * @property {number | null} [parent]
 * @property {string} number
 * @property {string} title
 * @property {string} [presenter]
 * @property {number} [minutes]
 * @property {"waiting" | "current" | "done"} [state]
 * @property {number | null} [starts_at]
 * @property {number | null} [started_at]
 * @property {number | null} [ended_at]
 * @property {number} [papers]
 * @property {number} [spent] milliseconds under discussion, breaks not counted, up to `since`
 * @property {number | null} [since] since when its clock runs
 * @property {boolean} [closed] behind closed doors
 * @property {boolean} [hidden] true when this seat was not invited to it: only the number is known
 *
 * @typedef {Item & {steps: Item[], state: "waiting" | "current" | "done"}} Top an item of the first level
 *
 * @typedef {object} Plan
 * @property {Top[]} tops
 * @property {Item | null} current the item or sub-item where the meeting is
 * @property {Top | null} top the item of the first level it belongs to
 * @property {number} place of `top`, from 1; 0 when the meeting is nowhere
 * @property {Item[]} flat
 */

const MINUTE = 60_000;

/**
 * The tree and where the meeting stands in it.
 * @param {{current: number | null, items: Item[]} | undefined} agenda
 * @returns {Plan}
 */
export function arrange(agenda) {
  const flat = agenda?.items ?? [];
  /** @type {Top[]} */
  const tops = [];
  for (const item of flat) {
    const above = tops.find((top) => top.id === item.parent) ?? tops.find((top) => item.number.startsWith(`${top.number}.`));
    if (above) above.steps.push(item);
    else tops.push({ ...item, state: item.state ?? "waiting", steps: [] });
  }
  const current = flat.find((item) => item.id === agenda?.current) ?? null;
  let place = 0;
  tops.forEach((top, index) => {
    const inside = current && (top.id === current.id || top.steps.some((step) => step.id === current.id));
    if (inside) {
      top.state = "current";
      place = index + 1;
    } else if (top.steps.length && top.steps.every((step) => step.state === "done")) top.state = "done";
  });
  return { tops, current, top: place ? tops[place - 1] : null, place, flat };
}

/**
 * Minutes planned for an item: its own figure, or the sum of its steps.
 * @param {Item & {steps?: Item[]}} item
 */
export function planned(item) {
  return item.minutes || (item.steps ?? []).reduce((sum, step) => sum + (step.minutes ?? 0), 0);
}

/**
 * Papers of an item and of its steps.
 * @param {Item & {steps?: Item[]}} item
 */
export function paperCount(item) {
  return (item.papers ?? 0) + (item.steps ?? []).reduce((sum, step) => sum + (step.papers ?? 0), 0);
}

/**
 * When an item of the first level really began.
 * @param {Item & {steps?: Item[]}} item
 */
export function startedAt(item) {
  const moments = [item, ...(item.steps ?? [])].map((each) => each.started_at).filter((moment) => moment != null);
  return moments.length ? Math.min(.../** @type {number[]} */ (moments)) : null;
}

/**
 * When it really ended: null while a step is still going on.
 * @param {Item & {steps?: Item[]}} item
 */
export function endedAt(item) {
  const moments = [item, ...(item.steps ?? [])].map((each) => each.ended_at).filter((moment) => moment != null);
  return moments.length ? Math.max(.../** @type {number[]} */ (moments)) : null;
}

/**
 * The running item against its plan, in whole minutes: `left` is negative when it is over; `share` is 0 to 100.
 * @param {Top} top
 * @param {number} now server time
 */
export function timing(top, now) {
  const total = planned(top);
  const used = [top, ...top.steps].reduce((sum, item) => sum + (item.spent ?? 0) + (item.since == null ? 0 : Math.max(0, now - item.since)), 0);
  const left = total * MINUTE - used;
  return {
    total,
    spent: used,
    used: Math.floor(used / MINUTE),
    left: left >= 0 ? Math.ceil(left / MINUTE) : -Math.ceil(-left / MINUTE),
    share: total ? Math.min(100, Math.round((used / (total * MINUTE)) * 1000) / 10) : 0,
  };
}

/**
 * How the meeting runs against its plan: minutes late (0 when in time), the likely start of each waiting item and
 * the likely end. Nothing is promised for a meeting that is not running.
 * @param {Plan} plan
 * @param {{state: string, starts_at: number | null, ends_at?: number | null}} meeting
 * @param {number} now server time
 * @returns {{late: number, starts: Map<number, number>, ends: number | null}}
 */
export function forecast(plan, meeting, now) {
  /** @type {Map<number, number>} */
  const starts = new Map();
  if (meeting.state === "closed" || meeting.state === "cancelled") return { late: 0, starts, ends: null };
  const running = meeting.state === "live" && plan.top !== null;
  let clock = running ? now : Math.max(now, meeting.starts_at ?? now);
  let late = 0;
  if (running && plan.top) {
    const ends = now + Math.max(0, planned(plan.top) * MINUTE - timing(plan.top, now).spent);
    if (plan.top.starts_at != null) late = Math.round((ends - plan.top.starts_at) / MINUTE - planned(plan.top));
    clock = ends;
  } else if (meeting.state === "live") {
    clock = now;
  } else if (meeting.starts_at != null) late = Math.floor((now - meeting.starts_at) / MINUTE);
  for (const top of plan.tops) {
    if (top.state !== "waiting") continue;
    starts.set(top.id, clock);
    clock += planned(top) * MINUTE;
  }
  return { late: Math.max(0, late), starts, ends: clock };
}

/**
 * The item the chair most likely goes to next: the next step, then the next item; null after the last.
 * An item with steps is entered through its first step.
 * @param {Plan} plan
 * @returns {Item | null}
 */
export function nextItem(plan) {
  const order = plan.tops.flatMap((top) => (top.steps.length ? top.steps : [top]));
  if (!plan.current) return order.find((item) => (item.state ?? "waiting") === "waiting") ?? null;
  const at = order.findIndex((item) => item.id === plan.current?.id);
  if (at >= 0) return order[at + 1] ?? null;
  const inside = order.find((item) => plan.top?.steps.some((step) => step.id === item.id));
  return inside ?? null;
}

/**
 * The item of the first level that holds `id`.
 * @param {Plan} plan
 * @param {number | null} id
 */
export function topOf(plan, id) {
  return plan.tops.find((top) => top.id === id || top.steps.some((step) => step.id === id)) ?? null;
}
