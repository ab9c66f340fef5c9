// Optional: without this file, the server filters the pages of councils and laws, and the options of a
// filter are not filtered. It filters names while the reader types, and says how many are left.

// The server's rule (decisions/web/name_filter.py): a name matches if it contains all words typed, in
// any order; a number belongs to the word before it. "St. Mary's" and "st mary’s" are the same.
const normalize = (text) =>
  text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}\s]/gu, "").replace(/\s+/g, " ").trim();

const partsOf = (typed) => normalize(typed).match(/\S+(?: \d\S*)*/g) ?? [];

function matches(name, parts) {
  const normalized = normalize(name);
  return parts.every((part) => normalized.includes(part));
}

// ---- Long lists of a filter's options

function filterOptions(field, value) {
  field.value = value;
  const parts = partsOf(value);
  const facet = field.closest(".facet");
  const options = [...facet.querySelectorAll(".option")];
  for (const option of options) {
    option.hidden = !matches(option.querySelector("span").textContent, parts);
  }
  // The folded options are open while there are words to filter by.
  facet.classList.toggle("filtering", parts.length > 0);
  const folded = facet.querySelector(".folded-options");
  if (parts.length && folded?.open === false) {
    folded.open = true; // which loads them
    folded.dataset.opened = "for filtering";
  } else if (!parts.length && folded?.dataset.opened) {
    folded.open = false;
    delete folded.dataset.opened;
  }
  return parts.length && !facet.querySelector(".unloaded") ? describe(field, options) : "";
}

function describe({ value, dataset }, options) {
  const count = options.filter(({ hidden }) => !hidden).length;
  if (count === 0) return `No ${dataset.one} contains “${value.trim()}”.`;
  return `${count} of ${options.length} ${dataset.many}`;
}

function filterAndReport(field, value) {
  field.parentElement.querySelector(".option-filter-status").textContent = filterOptions(field, value);
}

document.addEventListener("input", ({ target }) => {
  if (target.matches(".option-filter")) filterAndReport(target, target.value);
});

// Typing in this field does not send the form, and neither does Enter.
document.addEventListener("change", (event) => {
  if (event.target.matches(".option-filter")) event.stopPropagation();
}, true);
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".option-filter")) return;
  if (event.key === "Enter") event.preventDefault();
  if (event.key === "Escape" && event.target.value) {
    event.preventDefault(); // the first Escape clears the field, a second one may close the dialog
    filterAndReport(event.target, "");
  }
});

// The typed words remain when htmx replaces the list, and apply to folded options that have loaded.
let typed = [];
document.addEventListener("htmx:beforeSwap", () => {
  typed = [...document.querySelectorAll(".option-filter")].filter(({ value }) => value);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const { id, value } of typed) {
    const field = document.getElementById(id);
    if (typed.includes(field)) filterAndReport(field, value);
    else if (field) filterOptions(field, value);
  }
});

// ---- The pages of all councils and all laws

const form = document.querySelector("form[data-filters]");

if (form) {
  const list = document.getElementById(form.dataset.filters);
  const field = form.elements.name;
  const status = document.getElementById("found");
  const entries = [...list.querySelectorAll("[data-name]")];
  const letters = document.querySelector(".letters");
  let timer;

  // If the name of a section matches, all of the section is shown.
  const narrow = () => {
    const typed = field.value.trim();
    const parts = partsOf(typed);
    const isMatch = (entry) => matches(entry?.dataset.name ?? "", parts);
    const kept = new Set(entries.filter((entry) => isMatch(entry) || isMatch(entry.closest("section"))));
    for (const entry of entries) entry.hidden = !kept.has(entry);
    for (const section of list.querySelectorAll("section")) {
      section.hidden = ![section, ...section.querySelectorAll("[data-name]")].some((entry) => kept.has(entry));
    }
    if (letters) letters.hidden = typed !== "";
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = typed ? `${kept.size} of ${entries.length} with “${typed}” in the name.` : "";
    }, 300);
    history.replaceState(null, "", typed ? `?name=${encodeURIComponent(typed)}` : location.pathname);
  };

  field.addEventListener("input", narrow);
  if (field.value) narrow(); // the browser restores it when the reader goes back
}
