/* Small conveniences of every page. Nothing here is needed to get the work done. */
(() => {
  "use strict";

  // Menus close on Escape and on a click elsewhere.
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // "Go back" goes back where there is something to go back to.
  for (const link of document.querySelectorAll("[data-back]")) {
    if (history.length < 2) continue;
    link.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.back();
    });
  }

  // What cannot be undone is asked once more.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
  });

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) delete form.dataset.sent;
  });

  // The station where one stands is in view on a narrow screen.
  const station = document.querySelector(".route .is-current") || document.querySelector(".route .station-running");
  const route = station?.closest(".route");
  if (route) route.scrollLeft = station.offsetLeft - (route.clientWidth - station.offsetWidth) / 2;
})();
