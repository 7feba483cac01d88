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

  // What was sent from within a page and did not arrive is said there, beside what had been entered; a part that only looks again says nothing.
  const failed = (event) => {
    const { xhr, requestConfig } = event.detail;
    const status = xhr?.status ?? 0;
    const place = document.getElementById("messages");
    if (!place || (requestConfig?.verb === "get" && status !== 401)) return;
    const said = document.getElementById(status === 401 ? "signed-out" : "not-taken")?.content.cloneNode(true);
    if (!said) return;
    const page = status >= 400 ? new DOMParser().parseFromString(xhr.responseText, "text/html") : null;
    const sentence = page?.querySelector("[data-sentence]")?.textContent;
    if (sentence) said.querySelector(".notice-body").textContent = sentence;
    place.replaceChildren(said);
    place.querySelector("a")?.setAttribute("target", "_blank");
    place.scrollIntoView({ block: "nearest" });
  };
  // Who signed in again in another tab has a new token; the page that stayed open sends that one.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (!token) return;
    event.detail.headers["X-CSRFToken"] = token;
    if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token;
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);

  // The station where one stands is in view on a narrow screen.
  const station = document.querySelector(".route .is-current") || document.querySelector(".route .station-running");
  const route = station?.closest(".route");
  if (route) route.scrollLeft = station.offsetLeft - (route.clientWidth - station.offsetWidth) / 2;
})();
