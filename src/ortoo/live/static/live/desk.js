/* The moderator's desk: viewers as they come, captions line by line. Everything else is htmx, or plain forms without it. */
import { follow } from "./channel.js";
import { words, write } from "./put.js";

const live = follow(document.getElementById("desk"), (topic) => {
  const { viewers = 0 } = live.known.counts;
  write("desk-viewers", live.known.line === "open" ? words.viewers.replace("{n}", viewers) : words.away);
  // A head count or a screen in trouble is on the board at once, not with its next turn.
  if (topic === "sites") window.htmx?.trigger("#board", "sites");
});
live.begin();

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-empties]");
  if (form && event.detail.successful) form.reset();
});

const form = document.getElementById("caption-form");
const box = document.getElementById("caption");
const next = document.getElementById("caption-next");
next.hidden = false;

/* The first line goes out, the others stay for the next press. */
const sayFirst = async () => {
  const lines = box.value.split("\n").filter((line) => line.trim());
  if (!lines.length) return;
  const [first, ...rest] = lines;
  box.value = rest.join("\n");
  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  try {
    const answer = await fetch(form.action, { method: "POST", headers, body: new URLSearchParams({ what: "caption", text: first }) });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    box.value = [first, ...(box.value ? [box.value] : [])].join("\n");
  }
};
next.addEventListener("click", sayFirst);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  sayFirst();
});
