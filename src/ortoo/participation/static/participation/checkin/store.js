/* What a door keeps in this browser: its list, its own lines, and what it heard of the other doors. */
const opened = new Promise((resolve, reject) => {
  if (!window.indexedDB) return reject(new Error("no IndexedDB"));
  const asked = indexedDB.open("ortoo-checkin", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("lists", { keyPath: "door" });
    asked.result.createObjectStore("lines", { keyPath: ["door", "from", "id"] }).createIndex("door", "door");
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
opened.catch(() => {});

const inStore = async (name, mode, work) => {
  const transaction = (await opened).transaction(name, mode, mode === "readwrite" ? { durability: "strict" } : {});
  const asked = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
};

export const getList = (door) => inStore("lists", "readonly", (store) => store.get(door));
export const putList = (list) => inStore("lists", "readwrite", (store) => store.put(list));
export const getLines = (door) => inStore("lines", "readonly", (store) => store.index("door").getAll(door));
export const putLines = (lines) =>
  inStore("lines", "readwrite", (store) => {
    for (const line of lines) store.put(line);
  });
