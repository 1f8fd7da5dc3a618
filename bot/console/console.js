// The live console: shows what the server sends, newest first. Foreign text only ever becomes text nodes.

import { showDead } from "./dead.js";

const shown = 500; // lines kept on the page
const byId = (id) => document.getElementById(id);
const body = document.querySelector("#lines tbody");

function connect(wait = 1000) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}/console`);
  socket.onopen = () => {
    body.replaceChildren(); // the server tells the last lines again
    say("live", true);
    wait = 1000;
  };
  socket.onmessage = (m) => update(JSON.parse(m.data));
  socket.onclose = () => {
    say("connection lost, trying again…", false);
    setTimeout(() => connect(Math.min(wait * 2, 15000)), wait);
  };
}

function say(text, live) {
  byId("connection").textContent = text;
  byId("connection").className = live ? "live" : "";
}

function update({ lines = [], depth, error }) {
  for (const line of lines) body.prepend(row(line));
  while (body.rows.length > shown) body.lastChild.remove();
  const any = body.rows.length > 0;
  byId("lines").hidden = !any;
  byId("quiet").hidden = any;
  if (error) say(`event store: ${error}`, false);
  if (depth) count(depth);
}

function count({ Waiting, InHand, Dead }) {
  say("live", true);
  byId("waiting").textContent = Waiting;
  byId("inhand").textContent = InHand;
  byId("dead").textContent = Dead;
  byId("dead").className = Dead > 0 ? "some" : "";
  showDead(Dead);
}

function row(e) {
  const tr = document.createElement("tr");
  tr.className = `${e.what} ${e.outcome ?? ""}`;
  tr.title = e.id ?? "";
  const what = e.outcome && e.outcome !== "stored" ? `${e.what}, ${e.outcome}` : e.what;
  const took = e.millis ? `${e.millis} ms` : "";
  const time = new Date(e.at).toLocaleTimeString();
  for (const text of [time, what, e.dialog, e.user, e.text || e.kind, took]) {
    tr.insertCell().textContent = text ?? "";
  }
  tr.cells[1].className = "what";
  return tr;
}

connect();
