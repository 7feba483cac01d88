/* Keeps a door's page and its files, so that it opens without a line. FILES and VERSION stand above, written by the server. */
const NAME = `checkin-${VERSION}`;
const PAGE = new URL("./", self.location.href).href;
const SLOW = 3_000;

self.addEventListener("install", (event) => {
  const all = [PAGE, ...FILES].map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(all)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const mine = NAME.slice(0, NAME.lastIndexOf("-") + 1);
  const old = (name) => name.startsWith(mine) && name !== NAME;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

const inTime = (request) => {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), SLOW);
  return fetch(request, { signal: patience.signal }).finally(() => clearTimeout(timer));
};

/* The page comes from the network when that is quick, so that a link taken back stays shut. */
const page = async (request) => {
  const cache = await caches.open(NAME);
  try {
    const answer = await inTime(request.url);
    if (answer.ok) await cache.put(PAGE, answer.clone());
    return answer.status >= 500 ? (await cache.match(PAGE)) || answer : answer;
  } catch {
    return (await cache.match(PAGE)) || Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && request.url.split(/[?#]/)[0] === PAGE) event.respondWith(page(request));
  else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.open(NAME).then((cache) => cache.match(request.url)).then((kept) => kept || fetch(request)));
  }
});
