/** Runs the browser's side against a real server and prints, a JSON line each, what a screen is told. */

import { connect } from "../../../static/live/js/transport.js";

const { base, ref, cookie, sockets } = JSON.parse(process.argv[2]);
const say = (fact) => console.log(JSON.stringify(fact));

const live = connect({
  kind: "toy",
  ref,
  base,
  openSocket: (url) => {
    const address = sockets ? url : "ws://127.0.0.1:9/";
    return new WebSocket(address, { headers: { cookie, origin: base } });
  },
  request: (url, options) => fetch(url, { ...options, headers: { cookie } }),
  onSections: (changed, sections, revision) => say({ changed, sections, revision }),
  onState: (state, reason) => {
    say({ state, reason, now: live.serverNow() });
    if (state === "ended") process.exit(0);
  },
});
