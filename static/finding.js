// Comfort only: without this file long lists are gone through by eye, or the server is asked for the
// same. It finds by a part of the name while somebody types, and says how many are left.

// The server's rule (decisions/finding.py): all words that are typed stand in the name, in any
// order; a number belongs to the word before it. "St. Mary's" and "st mary’s" are the same.
const plain = (text) =>
  text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}\s]/gu, "").replace(/\s+/g, " ").trim();

const partsOf = (typed) => plain(typed).match(/\S+(?: \d\S*)*/g) ?? [];

function fits(name, parts) {
  const within = plain(name);
  return parts.every((part) => within.includes(part));
}

// ---- In the long lists of a filter's options

function find(finder, value) {
  finder.value = value;
  const parts = partsOf(value);
  const facet = finder.closest(".facet");
  const options = [...facet.querySelectorAll(".option")];
  for (const option of options) {
    option.hidden = !fits(option.querySelector("span").textContent, parts);
  }
  // While something is looked for, all that is found stands open.
  facet.classList.toggle("finding", parts.length > 0);
  const rest = facet.querySelector(".rest");
  if (parts.length && !rest.open) {
    rest.open = true;
    rest.dataset.opened = "for finding";
  } else if (!parts.length && rest.dataset.opened) {
    rest.open = false;
    delete rest.dataset.opened;
  }
  return parts.length ? said(finder, options) : "";
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

// What was typed stays when the list is exchanged.
let typed = [];
document.addEventListener("htmx:beforeSwap", () => {
  typed = [...document.querySelectorAll(".find")].map(({ id, value }) => [id, value]);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of typed) {
    const finder = document.getElementById(id);
    if (finder && value) find(finder, value);
  }
});

// ---- In the pages of all councils and laws

const form = document.querySelector("form[data-finds]");

if (form) {
  const list = document.getElementById(form.dataset.finds);
  const field = form.elements.name;
  const found = document.getElementById("found");
  const named = [...list.querySelectorAll("[data-name]")];
  const letters = document.querySelector(".letters");
  let waiting;

  // What stands in a section whose own name fits is shown with it.
  const narrow = () => {
    const typed = field.value.trim();
    const parts = partsOf(typed);
    const meant = (one) => fits(one?.dataset.name ?? "", parts);
    const kept = new Set(named.filter((one) => meant(one) || meant(one.closest("section"))));
    for (const one of named) one.hidden = !kept.has(one);
    for (const section of list.querySelectorAll("section")) {
      section.hidden = ![section, ...section.querySelectorAll("[data-name]")].some((one) => kept.has(one));
    }
    if (letters) letters.hidden = typed !== "";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      found.textContent = typed ? `${kept.size} of ${named.length} with “${typed}” in the name.` : "";
    }, 300);
    history.replaceState(null, "", typed ? `?name=${encodeURIComponent(typed)}` : location.pathname);
  };

  field.addEventListener("input", narrow);
  if (field.value) narrow(); // what the browser kept when somebody came back
}
