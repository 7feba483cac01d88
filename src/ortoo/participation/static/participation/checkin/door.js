/* A door: everything that happens is written into this browser first, shown then, and sent when there is a line. */
import { show, wake } from "./answer.js";
import { check, List } from "./list.js";
import { prepare, readPicture, watch } from "./scan.js";
import { getLines, getList, putLines, putList } from "./store.js";

const page = document.querySelector("[data-door]");
const DOOR = page.dataset.door;
const WORDS = page.dataset;
const NEAR = 4_000;
const FRESH = 120_000;
const PATIENCE = 15_000;
const BATCH = 300;
const MOST_FOUND = 12;
const at = (id) => document.getElementById(id);
const answer = at("answer");
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const clock = (ms) => new Date(ms).toLocaleTimeString([], { hour12: false });

let list = null;
let listState = "";
let lines = new Map();
let since = 0;
let online = null;
let closed = "";
let total = null;

/* ---- what is known ---- */
const undone = () => new Set([...lines.values()].filter((line) => line.undoes).map((line) => `${line.from} ${line.undoes}`));
const entrance = (ticket) => {
  const away = undone();
  const came = [...lines.values()].filter((line) => line.ticket === ticket && line.in && !away.has(`${line.from} ${line.id}`));
  return came.sort((a, b) => a.at - b.at)[0];
};
const keep = async (found) => {
  await putLines(found);
  for (const line of found) lines.set(`${line.from} ${line.id}`, line);
};
const write = async (line) => {
  const whole = { door: DOOR, from: DOOR, id: newId(), at: Date.now(), sent: false, ...line };
  await keep([whole]);
  tell();
  send();
  return whole;
};

/* ---- what happens at the door ---- */
const admit = async (code, seat, picked) => {
  const before = entrance(seat.ticket);
  const said = before ? "again" : "admitted";
  await write({ kind: "ticket", code, picked, ticket: seat.ticket, in: true, said });
  const whose = [seat.where, seat.delegation].filter(Boolean).join(" · ");
  show(answer, said, WORDS[said], seat.name || seat.ticket, before ? `${clock(before.at)} ${before.name || page.querySelector("h1").textContent} · ${whose}` : whose);
};

/** One code at the door: judged by the list, written down, answered. */
export const take = async (code) => {
  if (!list) return show(answer, "unknown", WORDS.noList);
  const { verdict, seat, stop } = list.judge(code);
  if (verdict === "valid") return admit(code, seat, false);
  await write({ kind: "ticket", code: code.slice(0, 80), picked: false, said: verdict });
  return show(answer, verdict, WORDS[verdict], stop || code.slice(0, 40));
};
const guarded = (work) => async (...given) => {
  try {
    await work(...given);
  } catch {
    show(answer, "unknown", WORDS.notKept);
  }
};
const undo = async () => {
  const away = undone();
  const last = [...lines.values()].filter((line) => line.from === DOOR && !line.undoes && !away.has(`${DOOR} ${line.id}`)).sort((a, b) => b.at - a.at)[0];
  if (!last) return;
  await write({ kind: "undo", undoes: last.id });
  show(answer, "undone", WORDS.undone, list?.byTicket.get(last.ticket)?.name || last.walkIn || last.code || "");
};

/* ---- the line ---- */
const fetched = async (path, options = {}) => {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const got = await fetch(path, { ...options, cache: "no-store", headers: { Accept: "application/json" }, signal: patience.signal });
    // A gateway's page is no answer of ours: nothing was taken.
    if (!(got.headers.get("Content-Type") || "").includes("json")) throw new Error(String(got.status));
    const said = await got.json();
    closed = got.ok ? "" : said.said || String(got.status);
    if (!got.ok) throw new Error(closed);
    return said;
  } finally {
    clearTimeout(timer);
  }
};
const waiting = () => [...lines.values()].filter((line) => line.from === DOOR && !line.sent);
const tell = () => {
  const left = waiting().length;
  at("undo").disabled = ![...lines.values()].some((line) => line.from === DOOR && !line.undoes);
  const parts = [left ? WORDS.waiting.replace("{n}", left) : WORDS.sent];
  if (online === false) parts.unshift(WORDS.noLine);
  at("line").textContent = closed || parts.join(" · ");
  at("line").className = `checkin-line ${closed ? "is-wrong" : left || online === false ? "is-waiting" : ""}`;
  at("line").dataset.left = left;
  if (total !== null) at("in").textContent = WORDS.in.replace("{n}", total);
};
const asSent = ({ id, kind, at: when, code = "", picked = false, walkIn = "", note = "", undoes = "", said = "" }) => ({ id, kind, at: when, code: picked ? "" : code, picked, name: walkIn, note, undoes, said });
let sending = false;
const send = async () => {
  if (sending) return;
  sending = true;
  try {
    do {
      const batch = waiting().sort((a, b) => a.at - b.at).slice(0, BATCH);
      const scans = batch.map((line) => ({ ...asSent(line), ...(line.picked ? { code: line.ticket } : {}) }));
      const said = await fetched("scans/", { method: "POST", body: JSON.stringify({ sent: Date.now(), since, scans }) });
      const kept = new Set(said.kept);
      const heard = said.lines.map(([from, id, ticket, undoes, when, name]) => ({ door: DOOR, from, id, ticket, undoes, at: when, name, in: !undoes, sent: true }));
      await keep([...batch.filter((line) => kept.has(line.id)).map((line) => ({ ...line, sent: true })), ...heard.filter((line) => !lines.has(`${line.from} ${line.id}`))]);
      since = said.until;
      total = said.in;
      online = true;
      if (batch.length && !batch.some((line) => kept.has(line.id))) break;
    } while (waiting().length);
  } catch {
    online = false;
  } finally {
    sending = false;
    tell();
  }
};

/* ---- the list ---- */
const use = async (kept) => {
  listState = await check(kept.list, kept.signature, page.dataset.publicKey);
  list = listState === "forged" ? null : new List(kept.list);
  const state = { signed: WORDS.signed, unchecked: WORDS.unsigned, forged: WORDS.forged }[listState];
  const issued = list ? WORDS.list.replace("{time}", new Date(list.said.issued).toLocaleString([], { hour12: false })).replace("{n}", list.seats.length) : "";
  at("list-state").textContent = [issued, state].filter(Boolean).join(" · ");
  at("list-state").dataset.state = listState;
};
const refresh = async () => {
  try {
    const got = await fetched("list/");
    if ((await check(got.list, got.signature, page.dataset.publicKey)) === "forged") return use(got);
    await putList({ door: DOOR, ...got });
    await use(got);
  } catch {
    if (!list) at("list-state").textContent = listState === "forged" ? WORDS.forged : WORDS.noList;
  }
};

/* ---- search ---- */
const search = at("search");
const find = () => {
  const rows = list ? list.find(search.value, MOST_FOUND) : [];
  at("found").replaceChildren(
    ...rows.map((seat) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = [seat.name || seat.ticket, seat.where, seat.delegation].filter(Boolean).join(" · ");
      button.classList.toggle("is-in", Boolean(entrance(seat.ticket)));
      button.addEventListener("click", pick(seat));
      item.append(button);
      return item;
    }),
  );
  if (search.value.trim() && !rows.length) {
    const item = document.createElement("li");
    item.textContent = WORDS.nobody;
    at("found").append(item);
  }
};
const pick = (seat) =>
  guarded(async () => {
    await admit(seat.ticket, seat, true);
    search.value = "";
    find();
    search.focus();
  });
search.addEventListener("input", find);
search.addEventListener("keydown", (event) => {
  const buttons = [...at("found").querySelectorAll("button")];
  if (event.key === "ArrowDown" && buttons[0]) {
    event.preventDefault();
    buttons[0].focus();
  } else if (event.key === "Enter") {
    // A hand scanner types the code and presses Enter.
    if (/^\d+-\d+-[a-z0-9]{9}$/i.test(search.value.trim())) {
      guarded(take)(search.value);
      search.value = "";
      find();
    } else if (buttons.length === 1) buttons[0].click();
  }
});
at("found").addEventListener("keydown", (event) => {
  const buttons = [...at("found").querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  (buttons[buttons.indexOf(document.activeElement) + step] || search).focus();
});

/* ---- buttons ---- */
document.addEventListener("pointerdown", wake);
at("undo").addEventListener("click", guarded(undo));
at("walk-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, note } = event.target.elements;
  const [who, whom] = [name.value.trim(), note.value.trim()];
  if (!who) return;
  guarded(async () => {
    await write({ kind: "walk_in", walkIn: who, note: whom, said: "noted" });
    show(answer, "noted", WORDS.noted, who, whom);
    event.target.reset();
  })();
});
at("picture").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const code = await readPicture(file).catch(() => "");
  event.target.value = "";
  if (code) await guarded(take)(code);
  else show(answer, "unknown", WORDS.unknown);
});
let stop = null;
at("camera").addEventListener("click", async () => {
  const video = at("video");
  if (stop) {
    stop();
    stop = null;
    video.hidden = true;
    return;
  }
  try {
    video.hidden = false;
    stop = await watch(video, guarded(take));
  } catch {
    video.hidden = true;
    at("hint").textContent = WORDS.noCamera;
  }
});

/* ---- begin ---- */
const begin = async () => {
  if (!window.isSecureContext) {
    at("hint").textContent = WORDS.insecure;
    at("camera").hidden = true;
  } else navigator.serviceWorker?.register("worker.js").catch(() => {});
  navigator.storage?.persist?.().catch(() => {});
  try {
    for (const line of await getLines(DOOR)) lines.set(`${line.from} ${line.id}`, line);
    const kept = await getList(DOOR);
    if (kept) await use(kept);
  } catch {
    at("hint").textContent = WORDS.notKept;
  }
  await prepare(page.dataset.wasm).catch(() => {});
  await Promise.all([refresh(), send()]);
  page.dataset.ready = "yes";
};
setInterval(send, NEAR);
setInterval(refresh, FRESH);
window.addEventListener("online", () => Promise.all([send(), refresh()]));
window.addEventListener("offline", () => {
  online = false;
  tell();
});
window.addEventListener("checkin-code", (event) => guarded(take)(event.detail));
begin();
