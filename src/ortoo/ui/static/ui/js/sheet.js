/* Tables that behave like a sheet: rows come while one scrolls and go when they are far away, arrow keys, filter while
   typing, copy to and from WPS and Excel. Without this script there are the pager, the filter button and the download. */
(() => {
  "use strict";
  const KEEP = 2; // pages kept on either side of what is seen

  class Sheet {
    constructor(root) {
      this.root = root;
      this.scroll = root.querySelector("[data-sheet-scroll]");
      this.table = root.querySelector("[data-sheet-grid]");
      this.filter = root.querySelector(".sheet-filter");
      this.count = root.querySelector("[data-sheet-count]");
      this.size = Number(root.dataset.pageSize);
      this.total = Number(root.dataset.total);
      this.address = new URL(window.location.href);
      this.chosen = new Set();
      this.spared = new Set();
      this.anchor = null;
      this.pages = [];
      this.begin(Number(root.dataset.page));
      this.keys();
      this.mouse();
      this.clipboard();
      this.typing();
      this.boxes();
    }

    // --- pages: every page is a <tbody>, full or a single space of the same height

    begin(page) {
      const first = this.table.tBodies[0];
      const row = first?.rows[0];
      this.height = row ? row.getBoundingClientRect().height : 36;
      const pages = Math.max(1, Math.ceil(this.total / this.size));
      this.root.querySelector("[data-sheet-pager]")?.setAttribute("hidden", "");
      this.observer?.disconnect();
      this.observer = new IntersectionObserver((entries) => this.seen(entries), { root: this.scroll, rootMargin: "1200px 0px" });
      this.pages = [];
      const bodies = document.createDocumentFragment();
      for (let number = 1; number <= pages; number += 1) bodies.append(number === page && first ? first : this.space(number));
      for (const body of [...this.table.tBodies]) body.remove();
      this.table.append(bodies);
      for (const body of this.table.tBodies) this.watch(body);
      if (page > 1) this.scroll.scrollTop = this.pages[page].offsetTop - this.table.tHead.offsetHeight;
      const cell = this.table.querySelector("tbody td");
      if (cell) cell.tabIndex = 0;
    }

    watch(body) {
      this.pages[Number(body.dataset.page)] = body;
      this.observer.observe(body);
    }

    space(number) {
      const body = document.createElement("tbody");
      body.dataset.page = number;
      body.className = "sheet-space";
      const rows = Math.min(this.size, this.total - (number - 1) * this.size);
      const cell = body.insertRow().insertCell();
      cell.colSpan = this.table.tHead.rows[0].cells.length;
      cell.style.height = `${rows * this.height}px`;
      cell.parentNode.setAttribute("aria-hidden", "true");
      return body;
    }

    seen(entries) {
      for (const entry of entries) {
        const body = entry.target;
        body.inView = entry.isIntersecting;
        if (entry.isIntersecting && body.classList.contains("sheet-space")) this.load(Number(body.dataset.page));
      }
      this.forget();
    }

    async load(number) {
      const place = this.pages[number];
      if (!place || !place.classList.contains("sheet-space") || place.loading) return place;
      place.loading = this.fetch(number).then((body) => {
        if (this.pages[number] !== place || !body) return this.pages[number];
        this.observer.unobserve(place);
        place.replaceWith(body);
        this.watch(body);
        this.tick(body);
        return body;
      });
      const body = await place.loading;
      place.loading = null;
      return body;
    }

    async fetch(number) {
      const address = new URL(this.address);
      address.searchParams.set("as", "rows");
      address.searchParams.set("page", number);
      const answer = await fetch(address, { headers: { "X-Requested-With": "sheet" } });
      if (!answer.ok || answer.redirected) {
        window.location.reload();
        return null;
      }
      this.answered = Number(answer.headers.get("X-Total"));
      const holder = document.createElement("table");
      holder.innerHTML = await answer.text();
      return holder.tBodies[0];
    }

    forget() {
      const inView = this.pages.filter((body) => body?.inView).map((body) => Number(body.dataset.page));
      if (!inView.length) return;
      const first = Math.min(...inView) - KEEP;
      const last = Math.max(...inView) + KEEP;
      this.pages.forEach((body, number) => {
        if (!body || body.classList.contains("sheet-space") || (number >= first && number <= last)) return;
        if (body.contains(document.activeElement) || body.querySelector(".is-picked")) return;
        this.observer.unobserve(body);
        const space = this.space(number);
        body.replaceWith(space);
        this.watch(space);
      });
    }

    // --- filter while typing

    typing() {
      if (!this.filter) return;
      const field = this.filter.elements.q;
      let wait = null;
      field.addEventListener("input", () => {
        clearTimeout(wait);
        wait = setTimeout(() => this.narrow(field.value), 220);
      });
      this.filter.addEventListener("submit", (event) => {
        event.preventDefault();
        clearTimeout(wait);
        this.narrow(field.value);
      });
    }

    async narrow(words) {
      const address = new URL(this.address);
      address.searchParams.delete("page");
      if (words.trim()) address.searchParams.set("q", words.trim());
      else address.searchParams.delete("q");
      this.address = address;
      this.root.classList.add("is-busy");
      const body = await this.fetch(1);
      if (this.address !== address || !body) return;
      this.root.classList.remove("is-busy");
      this.total = this.answered;
      this.scroll.scrollTop = 0;
      for (const old of [...this.table.tBodies]) old.remove();
      this.table.append(body);
      this.table.setAttribute("aria-rowcount", this.total + 1);
      this.begin(1);
      this.tick(this.table);
      this.root.querySelector("[data-sheet-empty]").hidden = this.total > 0;
      this.count.textContent = this.count.dataset.words.replace("{n}", this.total.toLocaleString("en")).replace("{all}", this.count.dataset.all);
      window.history.replaceState(null, "", address);
      this.links(words.trim());
    }

    links(words) {
      const hidden = this.root.querySelector("[data-sheet-q]");
      if (hidden) hidden.value = words;
      for (const link of this.root.querySelectorAll("[data-sheet-download], [data-sheet-sort]")) {
        const address = new URL(link.href);
        if (words) address.searchParams.set("q", words);
        else address.searchParams.delete("q");
        link.href = address;
      }
    }

    // --- arrow keys

    cell(row, column) {
      return this.table.querySelector(`tr[aria-rowindex="${row + 2}"]`)?.cells[column];
    }

    place(cell) {
      return [Number(cell.parentNode.getAttribute("aria-rowindex")) - 2, cell.cellIndex];
    }

    keys() {
      this.table.addEventListener("keydown", (event) => {
        const cell = event.target.closest("tbody td");
        if (!cell || cell.closest(".sheet-space")) return;
        const [row, column] = this.place(cell);
        const width = this.table.tHead.rows[0].cells.length - 1;
        const all = event.ctrlKey || event.metaKey;
        const screen = Math.max(1, Math.floor(this.scroll.clientHeight / this.height) - 2);
        const to = {
          ArrowUp: [row - 1, column],
          ArrowDown: [row + 1, column],
          ArrowLeft: [row, column - 1],
          ArrowRight: [row, column + 1],
          Home: [all ? 0 : row, 0],
          End: [all ? this.total - 1 : row, width],
          PageUp: [row - screen, column],
          PageDown: [row + screen, column],
        }[event.key];
        if (to) {
          event.preventDefault();
          this.go(Math.min(Math.max(to[0], 0), this.total - 1), Math.min(Math.max(to[1], 0), width), event.shiftKey ? this.anchor ?? [row, column] : null);
        } else if (event.key === "Enter" && event.target === cell) {
          (cell.querySelector("a") ?? cell.querySelector("input"))?.click();
        } else if (event.key === " " && event.target === cell && cell.querySelector("input")) {
          event.preventDefault();
          cell.querySelector("input").click();
        } else if (event.key === "Escape") {
          this.pick(null, null);
        } else if (all && event.key.toLowerCase() === "a") {
          event.preventDefault();
          this.pick([0, 0], [this.total - 1, width]);
        }
      });
      this.table.addEventListener("focusin", (event) => {
        const cell = event.target.closest("tbody td");
        if (!cell) return;
        for (const other of this.table.querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
        cell.tabIndex = 0;
        if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent;
      });
    }

    async go(row, column, anchor) {
      const number = Math.floor(row / this.size) + 1;
      this.wanted = row;
      if (!this.cell(row, column)) {
        this.scroll.scrollTop = this.pages[number].offsetTop + (row % this.size) * this.height - this.scroll.clientHeight / 2;
        await this.load(number);
      }
      if (this.wanted !== row) return;
      const cell = this.cell(row, column);
      if (!cell) return;
      this.pick(anchor, anchor ? [row, column] : null);
      cell.focus({ preventScroll: true });
      const head = this.table.tHead.offsetHeight;
      const box = cell.getBoundingClientRect();
      const frame = this.scroll.getBoundingClientRect();
      if (box.top < frame.top + head) this.scroll.scrollTop -= frame.top + head - box.top;
      if (box.bottom > frame.top + this.scroll.clientHeight) this.scroll.scrollTop += box.bottom - frame.top - this.scroll.clientHeight;
      if (box.left < frame.left) this.scroll.scrollLeft -= frame.left - box.left;
      if (box.right > frame.left + this.scroll.clientWidth) this.scroll.scrollLeft += box.right - frame.left - this.scroll.clientWidth;
    }

    // --- picking cells

    pick(from, to) {
      this.anchor = from;
      this.picked = from && to ? [from, to] : null;
      for (const cell of this.table.querySelectorAll(".is-picked")) cell.classList.remove("is-picked");
      if (!this.picked) return;
      const [top, bottom] = [from[0], to[0]].sort((a, b) => a - b);
      const [left, right] = [from[1], to[1]].sort((a, b) => a - b);
      for (const line of this.table.querySelectorAll("tr[aria-rowindex]")) {
        const row = Number(line.getAttribute("aria-rowindex")) - 2;
        if (row < top || row > bottom) continue;
        for (let column = left; column <= right; column += 1) line.cells[column]?.classList.add("is-picked");
      }
    }

    mouse() {
      let from = null;
      this.table.addEventListener("mousedown", (event) => {
        const cell = event.target.closest("tbody td[tabindex]");
        if (!cell || event.button !== 0 || event.target.closest("a, input, button")) return;
        if (event.shiftKey && document.activeElement?.closest("tbody td")) {
          event.preventDefault();
          this.pick(this.anchor ?? this.place(document.activeElement.closest("td")), this.place(cell));
          return;
        }
        from = this.place(cell);
        this.pick(null, null);
      });
      this.table.addEventListener("mouseover", (event) => {
        const cell = event.target.closest("tbody td[tabindex]");
        if (cell && !cell.title && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent;
        if (!cell || !from || event.buttons !== 1) return;
        const to = this.place(cell);
        if (to[0] === from[0] && to[1] === from[1]) return;
        window.getSelection().removeAllRanges();
        this.pick(from, to);
      });
      window.addEventListener("mouseup", () => (from = null));
    }

    // --- copying: tab-separated text, which WPS and Excel take as cells

    clipboard() {
      document.addEventListener("copy", (event) => {
        if (this.pending !== undefined) {
          event.clipboardData.setData("text/plain", this.pending);
          event.preventDefault();
          return;
        }
        if (!this.root.contains(document.activeElement) || document.activeElement.matches("input")) return;
        const text = this.text();
        if (text === null || (!this.picked && String(window.getSelection()))) return;
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
      });
      const button = this.root.querySelector("[data-sheet-copy]");
      button.hidden = false;
      button.addEventListener("click", () => this.copyAll(button));
    }

    text() {
      if (!this.picked) {
        const cell = document.activeElement.closest("tbody td");
        return cell ? cell.textContent.trim() : null;
      }
      const lines = [];
      for (const line of this.table.querySelectorAll("tr[aria-rowindex]")) {
        const cells = [...line.querySelectorAll(".is-picked")].map((cell) => cell.textContent.trim().replace(/\s+/g, " "));
        if (cells.length) lines.push(cells.join("\t"));
      }
      return lines.join("\n");
    }

    async copyAll(button) {
      const address = new URL(this.address);
      address.searchParams.set("as", "tsv");
      address.searchParams.delete("page");
      const words = button.querySelector("span");
      const before = (button.dataset.words ??= words.textContent);
      let done = false;
      try {
        const text = fetch(address).then((answer) => answer.text());
        if (navigator.clipboard?.write && window.ClipboardItem) {
          const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
          await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
          done = true;
        } else {
          // Plain http inside a closed network has no clipboard API; the old command still works.
          this.pending = await text;
          done = document.execCommand("copy");
        }
      } catch {
        done = false;
      } finally {
        this.pending = undefined;
      }
      words.textContent = done ? button.dataset.done : button.dataset.failed;
      setTimeout(() => (words.textContent = before), 2500);
    }

    // --- boxes: a row that is ticked stays ticked when it is scrolled away

    boxes() {
      this.all = this.root.querySelector("[data-sheet-all]");
      if (!this.all) return;
      const name = this.all.name.replace(/_all$/, "");
      this.table.addEventListener("change", (event) => {
        const box = event.target;
        if (box === this.all) {
          this.chosen.clear();
          this.spared.clear();
          this.tick(this.table);
        } else if (box.closest(".k-box")) {
          const set = this.all.checked ? this.spared : this.chosen;
          if (box.checked === this.all.checked) set.delete(box.value);
          else set.add(box.value);
        }
      });
      this.all.form?.addEventListener("formdata", (event) => {
        event.formData.delete(name);
        for (const value of this.chosen) event.formData.append(name, value);
        for (const value of this.spared) event.formData.append(`${name}_not`, value);
      });
    }

    tick(part) {
      if (!this.all) return;
      for (const box of part.querySelectorAll("tr[aria-rowindex] .k-box input"))
        box.checked = this.all.checked ? !this.spared.has(box.value) : this.chosen.has(box.value);
    }
  }

  document.querySelectorAll("[data-sheet]").forEach((root) => new Sheet(root));
})();
