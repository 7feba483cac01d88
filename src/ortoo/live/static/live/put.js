/* Builds what a page shows. All words go in as text: what a viewer wrote is never read as anything else. */
export const put = (tag, about = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
};

export const words = JSON.parse(document.getElementById("words").textContent);

/* Writes a text only when it is another one, so that a screen reader says it once. */
export const write = (id, text) => {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
};

export const show = (id, shown) => {
  document.getElementById(id).hidden = !shown;
};
