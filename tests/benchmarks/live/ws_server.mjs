/** The peer on Node: what its chair says goes to everybody. With CHEAT=1 it loses, doubles and swaps on purpose. */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const [port, cheat] = [Number(process.env.PORT), process.env.CHEAT === "1"];
const server = createServer();
const room = new WebSocketServer({ noServer: true });
const chair = new WebSocketServer({ noServer: true });
const snapshot = Buffer.from(
    JSON.stringify({ t: "snapshot", sections: { base: "x".repeat(Number(process.env.SNAPSHOT ?? 20000)) } }),
);
let held;

server.on("upgrade", (request, socket, head) => {
    const isChair = request.url === "/chair";
    (isChair ? chair : room).handleUpgrade(request, socket, head, (ws) => {
        if (isChair) ws.on("message", (text) => publish(JSON.parse(text)));
        else if (request.url === "/snapshot") ws.send(snapshot, { binary: false });
    });
});

function publish(said) {
    const text = Buffer.from(JSON.stringify({ t: "changes", sections: { update: said } }));
    if (cheat) return publishBadly(said.seq, text);
    for (const ws of room.clients) ws.send(text, { binary: false });
}

/** One socket misses number 3, one gets 4 twice, one gets 6 before 5. */
function publishBadly(seq, text) {
    [...room.clients].forEach((ws, at) => {
        if (at === 0 && seq === 3) return;
        if (at === 2 && seq === 5) held = text;
        else ws.send(text, { binary: false });
        if (at === 1 && seq === 4) ws.send(text, { binary: false });
        if (at === 2 && seq === 6) ws.send(held, { binary: false });
    });
}

server.listen({ port, host: "127.0.0.1", backlog: 4096 });
