// Sentences with figures: the values come after the translation, so a translator sees the whole sentence.

/**
 * Puts values into a translated sentence: fill(gettext("%(n)s papers"), {n: 3}).
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * "18 minutes", "1 hour 5 minutes".
 * @param {number} minutes whole minutes, not negative
 * @returns {string}
 */
export function duration(minutes) {
  if (minutes < 60) return fill(ngettext("%(n)s minute", "%(n)s minutes", minutes), { n: minutes });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const whole = fill(ngettext("%(n)s hour", "%(n)s hours", hours), { n: hours });
  return rest ? `${whole} ${duration(rest)}` : whole;
}

/**
 * How long an item still has: "18 minutes left" or "5 minutes over".
 * @param {{left: number}} timing
 */
export function timeLeft({ left }) {
  if (left < 0) return fill(gettext("%(time)s over"), { time: duration(-left) });
  return fill(gettext("%(time)s left"), { time: duration(left) });
}

/** @param {number} n */
export function papersCount(n) {
  return fill(ngettext("%(n)s paper", "%(n)s papers", n), { n });
}

/**
 * The letters on a person's round sign, by the part of the post that tells people apart: "PCT" for a deputy chair, "KT"
 * for the head of "Kinh tế", "VX" for "Văn hóa – Xã hội"; of a name its first letters.
 * @param {string} text
 */
export function initials(text) {
  const [post] = text.split(",");
  const words = post.split(/[\s\-–.()/]+/u).filter((word) => /^\p{L}/u.test(word));
  const title = /^(phó )?chủ (tịch|tọa)/iu.exec(post);
  const names = words.map((word, place) => ({ word, place })).filter(({ word, place }) => place > 0 && /^\p{Lu}\p{Ll}/u.test(word));
  const last = names[names.length - 1];
  const chosen = title ? title[0].split(" ") : names.length > 1 ? names.slice(-2).map(({ word }) => word) : last && words[last.place + 1] ? [last.word, words[last.place + 1]] : words.slice(0, 2);
  return chosen.map((word) => [...word][0].toLocaleUpperCase("vi")).join("");
}
