/* The page of a viewing site: what is sent is written down in this browser first, under an id of its own, and goes out when the
   line allows, so that nothing is lost and nothing counts twice. Also measures the line and says every 30 s that it is there. */
(() => {
  "use strict";
  const page = document.querySelector("[data-site]");
  if (!page || !window.indexedDB || !window.fetch) return;
  const SITE = page.dataset.site;
  const AGAIN = 10_000;
  const BEAT = 30_000;
  const PATIENCE = 20_000;
  const PINGS = 12;
  const status = document.getElementById("door-status");
  const words = status.dataset;

  // crypto.randomUUID is missing where the page comes without TLS, as it may on a closed network.
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open("ortoo-door", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const inStore = async (mode, work) => {
    const transaction = (await opened).transaction("waiting", mode, mode === "readwrite" ? { durability: "strict" } : {});
    const asked = work(transaction.objectStore("waiting"));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };
  const waiting = async () =>
    (await inStore("readonly", (store) => store.getAll())).filter((each) => each.site === SITE).sort((a, b) => a.at - b.at);

  const say = (text, kind = "") => {
    status.textContent = text;
    status.className = `door-status ${kind}`;
  };

  // While the line is down, what to do stands first; see live.css.
  const turn = (isAway) => {
    if (isAway === page.classList.contains("is-away")) return;
    page.classList.toggle("is-away", isAway);
    if (isAway) say(words.away, "is-waiting");
    else say(words.back, "is-sent");
  };

  // What the office knows now: said by the page itself, so that it needs saying in one place only.
  const refresh = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const known of document.querySelectorAll("[data-known]")) {
      const now = fresh.getElementById(known.id);
      if (now) known.replaceWith(document.importNode(now, true));
    }
  };

  const post = (url, fields) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const options = { method: "POST", body, headers: { Accept: "application/json" }, signal: patience.signal };
    return fetch(url, options).finally(() => clearTimeout(timer));
  };

  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    let said = "";
    let kind = "is-sent";
    try {
      for (const entry of await waiting()) {
        const answer = await post(entry.url, entry.fields);
        // Only an answer of our own takes it off the list: a gateway's error page has not taken anything.
        if (answer.status >= 500 || !(answer.headers.get("Content-Type") || "").includes("json")) throw new Error(String(answer.status));
        await inStore("readwrite", (store) => store.delete(entry.id));
        said = (await answer.json()).said;
        if (!answer.ok) kind = "is-refused";
      }
      if (said) {
        turn(false);
        say(said, kind);
        refresh().catch(() => {});
      }
    } catch {
      const left = (await waiting()).length;
      turn(true);
      say(words.waiting.replace("{n}", left), "is-waiting");
    } finally {
      sending = false;
    }
  };

  const queue = async (form, extra = []) => {
    const at = new Date();
    const fields = [...new FormData(form)].filter(([name]) => !["client_id", "counted"].includes(name));
    const id = newId();
    fields.push(["client_id", id], ["counted", at.toISOString()], ...extra);
    await inStore("readwrite", (store) => store.put({ id, site: SITE, url: form.action, fields, at: at.getTime() }));
    form.reset();
    say(words.sending);
    await send();
  };

  for (const form of document.querySelectorAll("form[data-queue]"))
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const pressed = event.submitter?.name ? [[event.submitter.name, event.submitter.value]] : [];
      // A browser that refuses to keep anything sends it the plain way.
      queue(form, pressed).catch(() => form.submit());
    });

  const ping = async () => {
    const begun = performance.now();
    const answer = await post(page.dataset.beat, []);
    if (!answer.ok) throw new Error(String(answer.status));
    return performance.now() - begun;
  };

  const speed = async () => {
    const begun = performance.now();
    const answer = await fetch(page.dataset.sample, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const bytes = (await answer.arrayBuffer()).byteLength;
    return Math.round((bytes * 8) / Math.max(1, performance.now() - begun));
  };

  const measure = async () => {
    const times = [];
    for (let tried = 0; tried < PINGS; tried += 1) {
      try {
        times.push(await ping());
      } catch {
        if (tried === 2 && !times.length) break;
      }
    }
    times.sort((a, b) => a - b);
    const latency = times.length ? Math.round(times[times.length >> 1]) : 60_000;
    const kbit = times.length ? await speed().catch(() => 0) : 0;
    return [["latency_ms", latency], ["lost", PINGS - times.length], ["tried", PINGS], ["kbit_s", kbit]];
  };

  const button = document.getElementById("door-measure");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      say(words.testing);
      const form = button.closest("form");
      for (const [name] of [["latency_ms"], ["lost"], ["tried"], ["kbit_s"]]) form.elements[name].disabled = true;
      await queue(form, await measure()).catch(() => say(words.trouble, "is-refused"));
      button.disabled = false;
    });
  }

  // The line is back only once nothing waits any more: what was kept goes out first.
  const beat = async () => {
    try {
      if ((await post(page.dataset.beat, [])).status >= 500) throw new Error("away");
      await send();
      if (!(await waiting()).length) turn(false);
    } catch {
      turn(true);
    }
  };
  setInterval(beat, BEAT);
  setInterval(() => (page.classList.contains("is-away") ? beat() : send()), AGAIN);
  window.addEventListener("online", beat);
  window.addEventListener("offline", () => turn(true));
  send();
})();
