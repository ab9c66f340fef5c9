// Comfort only: without this file the filters of a narrow window are a fold.
// With it they are a sheet: a modal dialog, which holds the form while it is open.

const narrow = matchMedia("(max-width: 56rem)"); // as in site.css
const sheet = () => document.getElementById("sheet");
const form = () => document.getElementById("filters");

function prepareSheet() {
  if (!sheet()) return;
  document.getElementById("fold-filters").hidden = true;
  document.getElementById("open-sheet").hidden = false;
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("#open-sheet")) {
    sheet().querySelector(".sheet-body").append(form());
    sheet().showModal();
  } else if (target.closest("#close-sheet") || target === sheet()) {
    sheet().close(); // by its button, or by the page that shows beside it
  }
});

// However it was closed, the form goes back to where it came from.
document.addEventListener("close", ({ target }) => {
  if (target === sheet()) target.before(form());
}, true);

document.addEventListener("submit", ({ target }) => {
  if (target === form() && sheet().open) sheet().close();
});
narrow.addEventListener("change", () => {
  if (sheet()?.open) sheet().close();
});

document.addEventListener("htmx:load", prepareSheet); // at first, and when a page comes back
prepareSheet();
