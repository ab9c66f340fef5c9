// Comfort only: every page works without this file.
// It keeps folds open and the focus in place when the list is exchanged, and finds in long lists.

let open = [];
let focused = "";

document.addEventListener("htmx:beforeSwap", () => {
  open = [...document.querySelectorAll("details[open][id]")].map((fold) => fold.id);
  focused = document.activeElement.id;
});

document.addEventListener("htmx:afterSwap", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  showFinders();
});

// When the server cannot answer with a list, asking again as a whole page shows what it has to say.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target.id === "answer") location.assign(event.detail.pathInfo.finalRequestPath);
});

// On a phone, "Apply" closes the sheet of filters and shows what was found.
document.addEventListener("submit", () => {
  document.getElementById("fold-filters")?.removeAttribute("open");
});

function showFinders() {
  for (const finder of document.querySelectorAll(".find[hidden]")) finder.hidden = false;
}

document.addEventListener("input", (event) => {
  if (!event.target.matches(".find")) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const option of event.target.parentElement.querySelectorAll(".option")) {
    option.hidden = !option.textContent.toLowerCase().includes(wanted);
  }
});

// Typing there is no choice of a filter yet, and Enter does not send the form.
document.addEventListener("change", (event) => {
  if (event.target.matches(".find")) event.stopPropagation();
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".find")) event.preventDefault();
});

showFinders();
