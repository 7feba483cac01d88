/* Dragging people between terms, and moving them by number keys. Every move is the form that also works without this. */
(() => {
  "use strict";
  const hand = document.querySelector("[data-hand]");
  const form = document.getElementById("hand-move");
  if (!hand || !form) return;
  const columns = [...hand.querySelectorAll("[data-term]")];
  let dragged = null;

  const move = (person, term) => {
    form.elements.person.value = person;
    form.elements.term.value = term;
    form.requestSubmit();
  };

  const clear = () => {
    for (const column of columns) {
      column.classList.remove("is-over", "is-breaking");
      column.querySelector(".hand-price").textContent = "";
    }
  };

  const price = (choice) => {
    if (choice.here) return "";
    if (choice.broken) return `${hand.dataset.breaks}: ${choice.broken}`;
    if (!choice.extra) return hand.dataset.same;
    const words = choice.extra > 0 ? hand.dataset.more : hand.dataset.less;
    return words.replace("{extra}", Math.abs(choice.extra).toLocaleString("en"));
  };

  const show = async (person) => {
    const answer = await fetch(`${hand.dataset.hand}?who=${person}&as=choices`);
    if (!answer.ok || dragged !== person) return;
    const { choices } = await answer.json();
    for (const choice of choices) {
      const column = columns.find((each) => each.dataset.term === String(choice.term));
      if (!column) continue;
      column.classList.toggle("is-breaking", Boolean(choice.broken));
      column.querySelector(".hand-price").textContent = price(choice);
    }
  };

  // What a swap would mean stands beside the other name before it is made.
  const other = document.getElementById("other");
  const swapPrice = document.getElementById("swap-price");
  const tell = async () => {
    const person = other.form.elements.person.value;
    const asked = other.value;
    const answer = await fetch(`${hand.dataset.hand}?who=${person}&other=${asked}&as=swap`);
    if (answer.ok && other.value === asked) swapPrice.textContent = price(await answer.json());
  };
  if (other && swapPrice) {
    other.addEventListener("change", tell);
    tell();
  }

  hand.addEventListener("dragstart", (event) => {
    const card = event.target.closest("[data-person]");
    if (!card) return;
    dragged = card.dataset.person;
    event.dataTransfer.setData("text/plain", dragged);
    show(dragged);
  });
  hand.addEventListener("dragend", () => {
    dragged = null;
    clear();
  });
  for (const column of columns) {
    column.addEventListener("dragover", (event) => {
      event.preventDefault();
      column.classList.add("is-over");
    });
    column.addEventListener("dragleave", () => column.classList.remove("is-over"));
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged) move(dragged, column.dataset.term);
    });
  }
  // Whoever was moved is in focus again, so that the keys go on from there.
  // Going to the fragment takes the focus away, so this comes after it.
  addEventListener("load", () => {
    if (location.hash === `#${hand.id}`) hand.querySelector("[aria-current]")?.focus({ preventScroll: true });
  });
  hand.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-person]");
    if (!card || event.ctrlKey || event.altKey || event.metaKey) return;
    if (columns.some((column) => column.dataset.term === event.key)) {
      event.preventDefault();
      move(card.dataset.person, event.key);
    }
  });
})();
