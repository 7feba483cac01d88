/* What wall and tablet show alike: stage, notice, line, and the question or poll that is on the screen. */
import { items } from "./channel.js";
import { put, show, words, write } from "./put.js";

const fill = (text, n) => text.replace("{n}", n);

export const showStage = (known) => {
  const { stage, notice, session } = known.topics;
  const closed = session && session.state !== "open";
  write("line", { open: closed ? words.closed : "", connecting: words.connecting, away: words.away, over: words.over }[known.line]);
  write("stage-title", stage?.title || (stage ? words.nobody : ""));
  write("stage-speaker", stage?.speaker || "");
  write("stage-next", stage?.next ? `${words.next}: ${stage.next.title} · ${stage.next.speaker}` : "");
  write("notice", notice?.text || "");
  show("notice", Boolean(notice));
};

const bars = (poll, result) => {
  const most = Math.max(1, ...(result || []));
  const all = (result || []).reduce((sum, n) => sum + n, 0);
  const rows = poll.choices.map((choice, place) => {
    const times = result ? result[place] : 0;
    const bar = put("progress", { max: most, value: times, "aria-hidden": "true" });
    return put("li", {}, put("span", { class: "bar-choice", text: choice }), result ? bar : "", put("span", { class: "numbers", text: result ? times : "" }));
  });
  const answers = result ? put("p", { class: "screen-next", text: fill(words.answers, all) }) : "";
  return [put("p", { class: "screen-question", text: poll.text }), put("ul", { class: "screen-bars" }, ...rows), answers];
};

const chosen = (known) => {
  const found = items(known, "question").find(([, question]) => question.state === "chosen");
  if (!found) return null;
  const [id, question] = found;
  const votes = known.counts.named?.votes?.[id];
  const about = [question.name, votes && fill(words.votes, votes)].filter(Boolean).join(" · ");
  return [put("p", { class: "screen-question", text: question.text }), put("p", { class: "screen-next", text: about })];
};

/* A notice, captions, a long question, many choices: the words shrink until all of them are on the screen. */
export const fit = (main) => {
  for (let percent = 100; percent >= 35; percent -= 5) {
    main.style.setProperty("--fit", String(percent / 100));
    if (main.scrollHeight <= main.clientHeight) return;
  }
};

/* An open poll, or one whose result is shown, stands before the chosen question. */
export const showChosen = (known, withPolls = true) => {
  const polls = withPolls ? items(known, "poll") : [];
  const [id, poll] = polls.at(-1) || [];
  const parts = poll ? bars(poll, poll.result && known.counts.named?.[`poll.${id}`]) : chosen(known) || [];
  const place = document.getElementById("shown");
  place.replaceChildren(...parts);
  document.body.classList.toggle("has-shown", parts.length > 0);
  // A long question is set smaller, never cut.
  const long = (poll?.text || parts[0]?.textContent || "").length;
  place.dataset.length = long > 160 ? "long" : long > 70 ? "middle" : "short";
};
