// The names of kinds, colours, stamps and circles of readers.

/** @param {string} kind */
export function kindName(kind) {
  return { ink: gettext("Pen stroke"), highlight: gettext("Highlight"), note: gettext("Note"), stamp: gettext("Stamp") }[kind] ?? "";
}

/** @param {string} colour */
export function colourName(colour) {
  return { blue: gettext("Blue"), red: gettext("Red"), green: gettext("Green"), black: gettext("Black"), yellow: gettext("Yellow"), rose: gettext("Rose") }[colour] ?? "";
}

/** @param {string} stamp */
export function stampName(stamp) {
  return { read: gettext("Read"), ask: gettext("To be asked"), agree: gettext("Agree"), check: gettext("To be checked") }[stamp] ?? "";
}

/** @param {string} reach @param {string} [person] */
export function reachName(reach, person = "") {
  return { me: gettext("Only me"), person: person || gettext("One person"), item: gettext("Those who discuss the item"), all: gettext("Everybody who reads the paper") }[reach] ?? "";
}
