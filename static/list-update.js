// Optional: every page works without this file.
// It keeps open, scrolled and focused what was so in the filters when htmx replaces the list.

// When the reader goes back, htmx replaces the whole page, and its events have no target.
const isList = (event) => event.detail.target?.id === "results";

// ---- The list is replaced

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
  // Screen readers ignore the page behind an open dialog, so the dialog announces the new count.
  if (isList(event)) byId("filter-dialog-status").textContent = byId("announcement").textContent;
});

// The options of a long list replace the link to them when it is opened. After a failure, the link stays.
document.addEventListener("toggle", ({ target }) => {
  const place = target.open && target.querySelector(".unloaded:not(.htmx-request)");
  if (!place) return;
  const link = place.firstElementChild;
  // A group of categories refers to the one link to all of them; its name is added to that address.
  const address = link.hash ? `${byId(link.hash.slice(1)).href}&group=${target.id.replace("fold-", "")}` : link.href;
  htmx.ajax("GET", address, { source: place, target: place, swap: "outerHTML" });
}, true);

// The update includes all options of the long lists that are open.
document.addEventListener("htmx:configRequest", (event) => {
  if (isList(event)) {
    event.detail.parameters.opened = all("details[open][data-facet]").map(({ dataset }) => dataset.facet);
  }
});

// When the server answers with an error, loading the whole page shows it.
document.addEventListener("htmx:responseError", (event) => {
  if (isList(event)) location.assign(event.detail.pathInfo.finalRequestPath);
});

// A date or a sum is sent when its field loses the focus, or on Enter: then it is complete. An
// unchanged field is not sent, because it may be unable to show the value in the address.
let changed = null;
document.addEventListener("input", ({ target }) => {
  if (target.matches("#ranges input")) changed = target;
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (target !== changed) return;
  changed = null;
  if (target.value === target.defaultValue) return;
  if (relatedTarget?.matches(".apply, #show-results")) return; // these buttons send the form themselves
  htmx.trigger("#filters", "left");
});
