// The events that were given up, newest first, with what can be done about them. Foreign text only ever becomes text nodes.

const shown = 50; // rows kept on the page
const page = 100; // events asked for at once
const section = document.getElementById("letters");
const body = section.querySelector("tbody");
const trouble = section.querySelector("[role=alert]");

let known = 0; // how many were dead when the rows were fetched
let last = 0; // the highest id fetched
let fetching = false;

// showDead is told how many are dead. If that changed, it fetches the new ones, or all when some have gone elsewhere.
export async function showDead(count) {
  if (count === known || fetching) return;
  fetching = true;
  try {
    if (count < known) forget();
    await fetchNew();
    known = count;
    trouble.textContent = "";
  } catch (e) {
    trouble.textContent = e.message; // the next count tries again
  }
  fetching = false;
  section.hidden = count === 0;
  section.querySelector(".more").hidden = count <= shown;
}

function forget() {
  body.replaceChildren();
  last = 0;
}

async function fetchNew() {
  for (let more = true; more; ) {
    const list = await ask("GET", `/dead?after=${last}&limit=${page}`);
    for (const dead of list) {
      body.prepend(row(dead));
      last = dead.id;
    }
    while (body.rows.length > shown) body.lastChild.remove();
    more = list.length === page;
  }
}

async function ask(method, path) {
  const answer = await fetch(path, { method });
  if (answer.status === 204) return null;
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

function row({ id, buried, reason, attempts, event }) {
  const tr = document.createElement("tr");
  const time = new Date(buried).toLocaleString();
  for (const text of [time, event.portal, event.user?.id, asked(event), reason, attempts]) {
    tr.insertCell().textContent = text ?? "";
  }
  tr.title = `dead event ${id}`;
  tr.insertCell().append(
    button("Replay", () => settle(tr, "POST", `/dead/${id}/replay`)),
    button("Drop", () => confirm(`Forget dead event ${id} for good?`) && settle(tr, "DELETE", `/dead/${id}`)),
  );
  return tr;
}

function asked({ command, message }) {
  return command?.name ? `/${command.name} ${command.params ?? ""}` : message?.text;
}

function button(text, act) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.onclick = act;
  return b;
}

// settle does what a button says, and takes the row away once it is done.
async function settle(tr, method, path) {
  const buttons = tr.querySelectorAll("button");
  for (const b of buttons) b.disabled = true;
  try {
    await ask(method, path);
    tr.remove();
    known--;
    section.hidden = known === 0;
  } catch (e) {
    trouble.textContent = e.message;
    for (const b of buttons) b.disabled = false;
  }
}
