// Comfort only: every page works without this file.
// When a filter exchanges the list, the reader's place in the filters stays.

// Going back exchanges the whole page, and its events have no target.
const isList = (event) => event.detail.target?.id === "results";

// ---- The list is exchanged

let kept = { open: [], scrolled: [], focused: "" };

const all = (selector) => [...document.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isList(event)) byId("results").setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (isList(event)) byId("results")?.removeAttribute("aria-busy");
});

document.addEventListener("htmx:beforeSwap", () => {
  kept = {
    open: all("details[open][id]:not([data-opened])").map(({ id }) => id),
    scrolled: all(".scroll").map(({ id, scrollTop }) => [id, scrollTop]),
    focused: document.activeElement.id,
  };
});

document.addEventListener("htmx:afterSwap", (event) => {
  for (const id of kept.open) byId(id)?.setAttribute("open", "");
  for (const [id, top] of kept.scrolled) byId(id)?.scrollTo(0, top);
  if (kept.focused) byId(kept.focused)?.focus({ preventScroll: true });
  // While the sheet is open, nothing behind it is read aloud.
  if (isList(event)) byId("sheet-says").textContent = byId("announcement").textContent;
});

// When the server cannot answer with a list, asking again as a whole page shows what it has to say.
document.addEventListener("htmx:responseError", (event) => {
  if (isList(event)) location.assign(event.detail.pathInfo.finalRequestPath);
});

// A date or a sum holds once it is written in full: when its field is left, or with Enter. One that
// was not touched stays as it is, also where the field cannot show what the address asks for.
let touched = null;
document.addEventListener("input", ({ target }) => {
  if (target.matches("#ranges input")) touched = target;
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (target !== touched) return;
  touched = null;
  if (target.value === target.defaultValue) return;
  if (relatedTarget?.matches(".apply, #show")) return; // they send it themselves
  htmx.trigger("#filters", "left");
});
