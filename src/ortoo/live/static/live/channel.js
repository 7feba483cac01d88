/* Follows a live session: what is known now is in `known`, and `changed(topic)` is called whenever something new has come.

   Server-Sent Events are read from fetch and not by EventSource, which wants to be told every name beforehand: questions and
   polls are topics of their own. A line that drops comes back by itself, later each time; what was missed is asked for by the
   number of the last event. `lean` asks for the present state now and then instead. */
const LEAN_EVERY = 15_000;
const SILENT_AFTER = 40_000;
const LONGEST_PAUSE = 30_000;
const STEADY_AFTER = 10_000;

export const follow = (page, changed) => {
  const { hub, channel } = page.dataset;
  const known = { topics: {}, counts: {}, line: "connecting" };
  let token = page.dataset.token;
  let last = "";
  let pause = 0;
  let firstPause = 1_000;
  let lean = false;
  let stop = new AbortController();
  let wake = () => {};

  const address = (what = "") => `${hub}/live/${channel}${what}?token=${encodeURIComponent(token)}`;
  const say = (line) => {
    if (known.line === line) return;
    known.line = line;
    changed("line");
  };

  const take = (topic, data) => {
    if (topic === "state") {
      known.topics = data.topics;
      known.counts = data.counts;
    } else if (topic === "counts") known.counts = data;
    else if (data === null) delete known.topics[topic];
    else known.topics[topic] = data;
    changed(topic);
  };

  const frame = (text) => {
    let topic = "message";
    let data = "";
    for (const field of text.split("\n")) {
      if (field.startsWith("id: ")) last = field.slice(4);
      else if (field.startsWith("event: ")) topic = field.slice(7);
      else if (field.startsWith("data: ")) data = field.slice(6);
      else if (field.startsWith("retry: ")) firstPause = Number(field.slice(7)) || firstPause;
    }
    if (data) take(topic, JSON.parse(data));
  };

  const demand = (answer) => {
    if (answer.status === 401 || answer.status === 403) {
      say("over");
      throw new Error("over");
    }
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  };

  const stream = async () => {
    const at = Date.now();
    const signal = stop.signal;
    // Not escaped: nginx takes it as it stands, and it holds nothing that an address could not. The kind is what nchan goes by.
    const since = last ? `&last=${last}` : "";
    const headers = { Accept: "text/event-stream" };
    const answer = demand(await fetch(address() + since, { signal, headers, cache: "no-store" }));
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    let watch = 0;
    try {
      say("open");
      for (;;) {
        clearTimeout(watch);
        watch = setTimeout(() => stop.abort(), SILENT_AFTER);
        const { done, value } = await reader.read();
        if (done) return;
        if (Date.now() - at > STEADY_AFTER) pause = 0;
        const frames = (text + decoder.decode(value, { stream: true })).split("\n\n");
        text = frames.pop();
        frames.forEach(frame);
      }
    } finally {
      clearTimeout(watch);
    }
  };

  const ask = async () => {
    const answer = demand(await fetch(address("/state"), { signal: stop.signal, cache: "no-store" }));
    take("state", await answer.json());
    say("open");
    pause = 0;
    last = "";
  };

  const wait = (milliseconds) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    for (;;) {
      stop = new AbortController();
      try {
        if (lean || !window.ReadableStream) {
          await ask();
          await wait(LEAN_EVERY);
          continue;
        }
        await stream();
      } catch {
        if (known.line === "over") return;
      }
      if (!lean) say("away");
      pause = Math.min(LONGEST_PAUSE, pause ? pause * 2 : firstPause);
      await wait(pause * (0.75 + Math.random() / 2));
    }
  };

  window.addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  // A fetch that is still open when the page goes would count as a viewer until the hub notices.
  window.addEventListener("pagehide", () => stop.abort());

  return {
    known,
    address,
    begin: () => hub && run(),
    use: (other) => {
      token = other;
    },
    setLean: (wanted) => {
      lean = wanted;
      stop.abort();
      wake();
    },
  };
};

/* The items of a kind that have topics of their own: [["17", data], …]. */
export const items = (known, kind) =>
  Object.entries(known.topics)
    .filter(([topic]) => topic.startsWith(`${kind}.`))
    .map(([topic, data]) => [topic.slice(kind.length + 1), data]);

/* How far our clock is from this machine's, in milliseconds. */
export const clockOf = (page) => {
  const ahead = Number(page.dataset.now) - Date.now();
  return () => Date.now() + ahead;
};
