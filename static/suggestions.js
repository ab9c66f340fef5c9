// Optional: every page works without this file.
// It makes the search box a combobox (ARIA Authoring Practices: list autocomplete, manual choice).
// htmx requests the suggestions: one request at a time, and then for the latest words. This file opens
// the list, moves through it, and chooses an option.

const BOX = "q";
let wanted = false; // whether an answer may open the list, because the reader is typing

const box = () => document.getElementById(BOX);
const list = () => document.getElementById("suggestions");
const options = () => [...list().querySelectorAll("[role=option]")];
const chosen = () => list().querySelector("[aria-selected=true]");
const isOpen = () => !list().hidden;

function prepare() {
  if (!box() || box().hasAttribute("role")) return;
  const attributes = {
    role: "combobox", autocomplete: "off",
    "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false",
  };
  for (const [name, value] of Object.entries(attributes)) box().setAttribute(name, value);
}

function requestSuggestions() {
  wanted = true;
  htmx.trigger(box(), "suggest");
}

// Opens the list if it has options.
function show() {
  const count = options().length;
  list().hidden = count === 0;
  box().setAttribute("aria-expanded", String(count > 0));
  choose(null);
  document.getElementById("suggestion-status").textContent =
    count ? `${count} suggestion${count === 1 ? "" : "s"}` : "";
}

function close() {
  wanted = false;
  if (!box()) return;
  list().replaceChildren();
  show();
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) box().setAttribute("aria-activedescendant", option.id);
  else box().removeAttribute("aria-activedescendant");
}

// After the last option, no option is chosen (the focus is on the box); then the first one follows.
function move(step) {
  const stops = [null, ...options()];
  const index = stops.indexOf(chosen());
  choose(stops[(index + step + stops.length) % stops.length]);
}

document.addEventListener("input", (event) => {
  if (event.target.id === BOX) wanted = true;
});

document.addEventListener("keydown", (event) => {
  if (event.target.id !== BOX || event.isComposing) return;
  const { key } = event;
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (isOpen()) move(key === "ArrowDown" ? 1 : -1);
    else requestSuggestions();
  } else if (key === "Escape" && isOpen()) {
    close(); // a second Escape empties the box, as browsers do
  } else if (key === "Enter" && isOpen() && chosen()) {
    chosen().click();
  } else {
    return;
  }
  event.preventDefault();
});

// A mouse press on the list does not take the focus from the box.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("#suggestions")) event.preventDefault();
});
document.addEventListener("focusout", (event) => {
  if (event.target.id === BOX) close();
});
for (const end of ["submit", "htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(end, close);
}
// The list must be closed when the reader goes back to the page.
window.addEventListener("pagehide", close);

// A late answer must not open the list after the search started, or show suggestions for other words.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === BOX && !wanted) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (target.id !== "suggestions") return;
  if (!wanted || requestConfig.parameters.q !== box().value) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "suggestions") show();
});

document.addEventListener("htmx:load", prepare); // on load, and when htmx restores a page
prepare();
