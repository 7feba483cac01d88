/* Many files dropped on a file input, listed, each removable. Without this script the plain input does the work. */
(() => {
  "use strict";
  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

  const enhance = (zone) => {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-dropzone-files]");
    if (!input || !list || typeof DataTransfer === "undefined") return;
    let files = [];

    const show = () => {
      const transfer = new DataTransfer();
      for (const file of files) transfer.items.add(file);
      input.files = transfer.files;
      list.hidden = files.length === 0;
      list.replaceChildren(...files.map(line));
    };

    const line = (file) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const bytes = document.createElement("span");
      bytes.className = "quiet numbers";
      bytes.textContent = size(file.size);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", list.dataset.remove.replace("{name}", file.name));
      remove.addEventListener("click", () => {
        files = files.filter((other) => other !== file);
        show();
        input.focus();
      });
      item.append(name, bytes, remove);
      return item;
    };

    const add = (more) => {
      const known = (file) => files.some((other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified);
      files = input.multiple ? files.concat([...more].filter((file) => !known(file))) : [...more].slice(0, 1);
      show();
    };

    input.addEventListener("change", () => add([...input.files]));
    zone.closest("form")?.addEventListener("reset", () => {
      files = [];
      show();
    });
    for (const name of ["dragenter", "dragover"])
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("is-over");
      });
    for (const name of ["dragleave", "drop"])
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        if (name === "drop" || !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
      });
    zone.addEventListener("drop", (event) => add(event.dataTransfer.files));
  };

  document.querySelectorAll("[data-dropzone]").forEach(enhance);
  // A file that misses the field must not replace the page.
  for (const name of ["dragover", "drop"])
    window.addEventListener(name, (event) => {
      if (document.querySelector("[data-dropzone]") && event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
})();
