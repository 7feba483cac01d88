/* A viewer's page. */
import { follow, items } from "./channel.js";
import { deviceToken, forgetDevice, keep, kept } from "./device.js";
import { makePicture } from "./picture.js";
import { put, show, words, write } from "./put.js";
import { makeQueue } from "./waiting.js";

const page = document.getElementById("live");
const { channel } = page.dataset;
const BATCH = 2_000;
const MOST_REACTIONS = 100;
const voted = new Set(kept(`ortoo-voted-${channel}`, []));
const chosen = kept(`ortoo-chosen-${channel}`, {});

const live = follow(page, (topic) => changed(topic));
const { known } = live;
const queue = makeQueue(channel, (what) => live.address(what), (what, each) => {
  if (what === "sent") {
    if (each.kind === "question") write("sent", words.sent);
    else if (each.kind === "answer") write("sent", words.thanks);
    else if (document.getElementById("sent").textContent === words.waiting) write("sent", "");
  } else write("sent", words[what]);
});

const counted = (name) => known.counts.named?.[name];
const fill = (text, n) => text.replace("{n}", n);

const line = () => {
  if (known.line === "over" && forgetDevice(page)) location.reload();
  const closed = known.topics.session && known.topics.session.state !== "open";
  const said = { open: closed ? words.closed : "", connecting: words.connecting, away: words.away, over: words.over };
  write("line", said[known.line]);
  document.getElementById("ask").hidden = closed || known.line === "over";
  show("reactions", !closed);
};

const stage = () => {
  const { stage: now, notice, caption } = known.topics;
  write("stage-title", now?.title || words.nobody);
  write("stage-speaker", now?.speaker || "");
  write("stage-next", now?.next ? `${words.next}: ${now.next.title} · ${now.next.speaker}` : "");
  write("notice", notice?.text || "");
  show("notice", Boolean(notice));
  write("caption", caption?.text || "");
};

const counts = () => {
  write("viewers", known.counts.viewers ? `· ${fill(words.viewers, known.counts.viewers)}` : "");
  for (const button of document.querySelectorAll("[data-reaction]")) {
    button.querySelector("[data-times]").textContent = known.counts.reactions?.[button.dataset.reaction] || "";
  }
};

/* Nodes are kept and only moved when the order is another one: what somebody is about to press stays where it is. */
const arrange = (list, nodes) => {
  const same = list.children.length === nodes.length && nodes.every((node, place) => list.children[place] === node);
  if (!same) list.replaceChildren(...nodes);
};

const questionNodes = new Map();
const questionNode = (id) => {
  if (questionNodes.has(id)) return questionNodes.get(id);
  const parts = { text: put("p", { class: "watch-text" }), about: put("p", { class: "quiet small" }) };
  parts.vote = put("button", {
    type: "button",
    class: "button",
    onclick: () => {
      voted.add(id);
      keep(`ortoo-voted-${channel}`, [...voted]);
      queue.say("vote", { question: Number(id) });
      questions();
    },
  });
  const node = Object.assign(put("li", { "data-question": id }, parts.text, parts.about, parts.vote), { parts });
  questionNodes.set(id, node);
  return node;
};

const questions = () => {
  const rank = { chosen: 0, shown: 1, answered: 2 };
  const all = items(known, "question").sort(([a, one], [b, other]) => rank[one.state] - rank[other.state] || b - a);
  const nodes = all.map(([id, question]) => {
    const node = questionNode(id);
    const votes = counted("votes")?.[id] || 0;
    const about = [question.name, votes && fill(words.votes, votes), question.state !== "shown" && words[question.state]];
    node.parts.text.textContent = question.text;
    node.parts.about.textContent = about.filter(Boolean).join(" · ");
    node.parts.vote.textContent = voted.has(id) ? words.voted : words.vote;
    node.parts.vote.disabled = voted.has(id);
    node.parts.vote.hidden = question.state === "answered";
    node.className = `is-${question.state}`;
    return node;
  });
  arrange(document.getElementById("questions"), nodes);
};

const pollNodes = new Map();
const pollNode = (id, poll) => {
  if (pollNodes.has(id)) return pollNodes.get(id);
  const buttons = poll.choices.map((choice, place) =>
    put("button", {
      type: "button",
      class: "button watch-choice",
      onclick: () => {
        chosen[id] = place;
        keep(`ortoo-chosen-${channel}`, chosen);
        queue.say("answer", { poll: Number(id), choice: place });
        polls();
      },
    }),
  );
  const state = put("p", { class: "quiet small" });
  const node = put("section", { class: "watch-poll" }, put("h2", { text: poll.text }), ...buttons, state);
  pollNodes.set(id, Object.assign(node, { buttons, state }));
  return node;
};

const polls = () => {
  const nodes = items(known, "poll").map(([id, poll]) => {
    const node = pollNode(id, poll);
    const result = poll.result && counted(`poll.${id}`);
    node.buttons.forEach((button, place) => {
      button.textContent = result ? `${poll.choices[place]} · ${result[place]}` : poll.choices[place];
      button.setAttribute("aria-pressed", String(chosen[id] === place));
      button.disabled = poll.state !== "open";
    });
    node.state.textContent = poll.state === "open" ? "" : words.ended;
    return node;
  });
  arrange(document.getElementById("polls"), nodes);
};

const picture = makePicture(kept("ortoo-sound-only", false));
const soundOnly = document.getElementById("sound-only");
soundOnly.checked = kept("ortoo-sound-only", false);
soundOnly.addEventListener("change", () => {
  keep("ortoo-sound-only", soundOnly.checked);
  picture.setSoundOnly(soundOnly.checked);
});

const changed = (topic) => {
  if (topic === "picture" || topic === "state") {
    picture.follow(known.topics.picture);
    write("picture-line", known.topics.picture?.state === "holding" ? words.holding : "");
  }
  if (topic === "line" || topic === "session" || topic === "state") line();
  if (["stage", "notice", "caption", "state"].includes(topic)) stage();
  if (topic === "counts" || topic === "state") counts();
  if (topic === "counts" || topic === "state" || topic.startsWith("question.")) questions();
  if (topic === "counts" || topic === "state" || topic.startsWith("poll.")) polls();
};

document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const { text, name } = event.target.elements;
  if (!text.value.trim()) return;
  // Whoever turned the direction of writing meant no harm; the hub takes only what reads from left to right.
  const plain = (value) => value.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  queue.say("question", { text: plain(text.value), name: plain(name.value) });
  text.value = "";
});

let pressed = {};
let batch = 0;
document.getElementById("reactions").addEventListener("click", (event) => {
  const name = event.target.closest("[data-reaction]")?.dataset.reaction;
  if (!name) return;
  pressed[name] = Math.min(MOST_REACTIONS, (pressed[name] || 0) + 1);
  batch ||= setTimeout(() => {
    queue.say("reaction", pressed);
    pressed = {};
    batch = 0;
  }, BATCH);
});

const lean = document.getElementById("lean");
lean.checked = kept("ortoo-lean", false);
lean.addEventListener("change", () => {
  keep("ortoo-lean", lean.checked);
  live.setLean(lean.checked);
});

if (page.dataset.hub) {
  live.use(deviceToken(page));
  if (lean.checked) live.setLean(true);
  live.begin();
  queue.send();
  line();
}
