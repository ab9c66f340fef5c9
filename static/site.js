// Comfort only: every page works without this file.
// When a filter exchanges the list, the reader's place in the filters stays; and in long lists of
// options it finds by a part of the name.

// Going back exchanges the whole page, and its events have no target.
const isList = (event) => event.detail.target?.id === "results";

// ---- The list is exchanged

let kept = { open: [], found: [], scrolled: [], focused: "" };

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
    found: all(".find").filter(({ value }) => value).map(({ id, value }) => [id, value]),
    scrolled: all(".scroll").map(({ id, scrollTop }) => [id, scrollTop]),
    focused: document.activeElement.id,
  };
});

document.addEventListener("htmx:afterSwap", (event) => {
  for (const id of kept.open) byId(id)?.setAttribute("open", "");
  for (const [id, value] of kept.found) if (byId(id)) find(byId(id), value);
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
let entered = "";
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("#ranges input")) entered = target.value;
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (!target.matches("#ranges input")) return;
  if (target.value === entered || target.value === target.defaultValue) return;
  if (relatedTarget?.matches(".apply, #show")) return; // they send it themselves
  htmx.trigger("#filters", "left");
});

// ---- Finding in a long list

// "St. Mary's" and "st mary’s" are the same to whoever types them.
const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}\s]/gu, "");

function find(finder, value) {
  finder.value = value;
  const words = plain(value).split(/\s+/).filter(Boolean);
  const facet = finder.closest(".facet");
  const options = [...facet.querySelectorAll(".option")];
  for (const option of options) {
    const name = plain(option.querySelector("span").textContent);
    option.hidden = !words.every((word) => name.includes(word));
  }
  // While something is looked for, all that is found stands open.
  facet.classList.toggle("finding", words.length > 0);
  const rest = facet.querySelector(".rest");
  if (words.length && !rest.open) {
    rest.open = true;
    rest.dataset.opened = "for finding";
  } else if (!words.length && rest.dataset.opened) {
    rest.open = false;
    delete rest.dataset.opened;
  }
  return words.length ? said(finder, options) : "";
}

function said({ value, dataset }, options) {
  const count = options.filter(({ hidden }) => !hidden).length;
  if (count === 0) return `No ${dataset.one} holds “${value.trim()}”.`;
  return `${count} of ${options.length} ${dataset.many}`;
}

function findAndSay(finder, value) {
  finder.parentElement.querySelector(".find-says").textContent = find(finder, value);
}

document.addEventListener("input", ({ target }) => {
  if (target.matches(".find")) findAndSay(target, target.value);
});

// Typing there is no choice of a filter yet, and Enter does not send the form.
document.addEventListener("change", (event) => {
  if (event.target.matches(".find")) event.stopPropagation();
}, true);
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".find")) return;
  if (event.key === "Enter") event.preventDefault();
  if (event.key === "Escape" && event.target.value) {
    event.preventDefault(); // the first clears, a second one may close the sheet
    findAndSay(event.target, "");
  }
});
