/* Half-filled forms are kept in this browser tab and come back when sending failed or the session had ended.
   <form data-keep="a name of its own on the site">; passwords, files and hidden fields are never kept. */
(() => {
  "use strict";
  const PREFIX = "ortoo:kept:";
  const SENT = "ortoo:sent:";
  const storage = (() => {
    try {
      return window.sessionStorage;
    } catch {
      return null;
    }
  })();
  if (!storage) return;

  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const keepable = (field) =>
    field.name && !["password", "file", "hidden", "submit", "button", "reset"].includes(field.type) && field.tagName !== "BUTTON";

  const read = (form) => {
    const values = {};
    for (const field of [...form.elements].filter(keepable)) {
      const list = (values[field.name] ??= []);
      if (ticked(field)) field.checked && list.push(field.value);
      else if (field.type === "select-multiple") list.push(...[...field.selectedOptions].map((option) => option.value));
      else list.push(field.value);
    }
    return values;
  };

  const write = (form, values) => {
    for (const field of [...form.elements].filter(keepable)) {
      const list = values[field.name];
      if (!list) continue;
      if (ticked(field)) field.checked = list.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = list.includes(option.value);
      else if (list.length) field.value = list.shift();
    }
  };

  const wrongHere = (name) =>
    document.querySelector(`form[data-keep="${CSS.escape(name)}"] :is(.is-wrong, [aria-invalid="true"], .notice-error)`) !== null;
  // What was sent has arrived when the server led on from it to this page, and this is no bare page (a refusal, an error, the
  // sign-in page) and says nothing that went wrong; or when the page says so itself (data-taken). The page that comes next need not be the answer: after an error
  // page of a gateway, or one left before this ran, it is just where the reader went.
  const ledHere = (from) =>
    document.referrer === from &&
    performance.getEntriesByType("navigation")[0]?.redirectCount > 0 &&
    !document.querySelector("body.bare, #messages .notice-error");
  for (const key of Object.keys(storage).filter((each) => each.startsWith(SENT))) {
    const name = key.slice(SENT.length);
    const taken = ledHere(storage.getItem(key)) || document.querySelector(`[data-taken="${CSS.escape(name)}"]`);
    storage.removeItem(key);
    if (taken && !wrongHere(name)) storage.removeItem(PREFIX + name);
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const name = form.dataset.keep;
    const kept = storage.getItem(PREFIX + name);
    if (kept && !wrongHere(name)) write(form, JSON.parse(kept));
    const keep = () => storage.setItem(PREFIX + name, JSON.stringify(read(form)));
    form.addEventListener("input", keep);
    form.addEventListener("reset", () => storage.removeItem(PREFIX + name));
    form.addEventListener("submit", () => {
      keep();
      storage.setItem(SENT + name, location.href.split("#")[0]);
    });
  }
})();
