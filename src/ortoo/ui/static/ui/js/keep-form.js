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

  const names = Object.keys(storage).filter((key) => key.startsWith(SENT)).map((key) => key.slice(SENT.length));
  const refusedHere = (name) =>
    document.querySelector(`form[data-keep="${CSS.escape(name)}"] :is(.is-wrong, [aria-invalid="true"], .notice-error)`) !== null;
  for (const name of names) {
    storage.removeItem(SENT + name);
    // A bare page is a refusal, an error or the sign-in page: what was sent has not arrived, unless it says so (data-taken).
    // Any other page has taken it.
    const taken = !document.body.classList.contains("bare") || document.querySelector(`[data-taken="${CSS.escape(name)}"]`);
    if (taken && !refusedHere(name)) storage.removeItem(PREFIX + name);
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const name = form.dataset.keep;
    const kept = storage.getItem(PREFIX + name);
    if (kept && !refusedHere(name)) write(form, JSON.parse(kept));
    const keep = () => storage.setItem(PREFIX + name, JSON.stringify(read(form)));
    form.addEventListener("input", keep);
    form.addEventListener("reset", () => storage.removeItem(PREFIX + name));
    form.addEventListener("submit", () => {
      keep();
      storage.setItem(SENT + name, "1");
    });
  }
})();
