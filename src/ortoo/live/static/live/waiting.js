/* What a viewer says, written down in this browser first under an id of its own, and sent until the hub has acknowledged it:
   the same id twice is one row there. Where a browser keeps nothing, it waits in the page. */
const AGAIN = 4_000;
const LONGEST_PAUSE = 60_000;
const AT_ONCE = 20;
const PATIENCE = 20_000;

// crypto.randomUUID is missing where the page comes without TLS, as it may on a closed network.
export const newId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const inMemory = () => {
  const kept = new Map();
  return { add: async (each) => kept.set(each.id, each), all: async () => [...kept.values()], drop: async (id) => kept.delete(id) };
};

const inBrowser = async () => {
  const database = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("ortoo-live", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const work = (mode, what) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction("waiting", mode);
      const asked = what(transaction.objectStore("waiting"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  return {
    add: (each) => work("readwrite", (store) => store.put(each)),
    all: () => work("readonly", (store) => store.getAll()),
    drop: (id) => work("readwrite", (store) => store.delete(id)),
  };
};

export const makeQueue = (channel, address, told) => {
  const opened = (window.indexedDB ? inBrowser() : Promise.reject(new Error("none"))).catch(inMemory);
  let sending = false;
  let timer = 0;
  let pause = 0;
  let atOnce = AT_ONCE;

  const mine = async () => (await (await opened).all()).filter((each) => each.channel === channel).sort((a, b) => a.at - b.at);

  const later = (seconds = 0) => {
    pause = Math.min(LONGEST_PAUSE, Math.max(seconds * 1_000, pause ? pause * 2 : AGAIN));
    clearTimeout(timer);
    timer = setTimeout(send, pause * (0.75 + Math.random() / 2));
  };

  const post = async (some) => {
    const patience = new AbortController();
    const clock = setTimeout(() => patience.abort(), PATIENCE);
    // Text, so that a browser does not ask first whether it may.
    const body = JSON.stringify({ said: some.map(({ id, kind, data }) => ({ id, kind, data })) });
    try {
      return await fetch(address("/say"), { method: "POST", body, headers: { "Content-Type": "text/plain" }, signal: patience.signal });
    } finally {
      clearTimeout(clock);
    }
  };

  const settle = async (some, what) => {
    for (const each of some) await (await opened).drop(each.id);
    for (const each of some) told(what, each);
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      for (;;) {
        const some = (await mine()).slice(0, atOnce);
        if (!some.length) break;
        const answer = await post(some);
        if (answer.ok) {
          await answer.json();
          pause = 0;
          await settle(some, "sent");
        } else if ([400, 403, 413].includes(answer.status)) {
          // One of them cannot be taken: find out which.
          if (some.length === 1) await settle(some, "refused");
          else atOnce = 1;
        } else {
          told(answer.status === 429 ? "slow" : "waiting");
          later(Number(answer.headers.get("Retry-After")) || 0);
          break;
        }
      }
    } catch {
      told("waiting");
      later();
    } finally {
      sending = false;
    }
  };

  window.addEventListener("online", send);
  return {
    send,
    say: async (kind, data) => {
      await (await opened).add({ id: newId(), channel, kind, data, at: Date.now() });
      await send();
    },
  };
};
