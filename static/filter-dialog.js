// Optional: without this file, the filters are folded in a narrow window.
// With it, they are in a modal dialog, which contains the form while it is open.

const narrow = matchMedia("(max-width: 56rem)"); // as in pages.css
const dialog = () => document.getElementById("filter-dialog");
const form = () => document.getElementById("filters");

function prepare() {
  if (!dialog()) return;
  document.getElementById("fold-filters").hidden = true;
  document.getElementById("open-filters").hidden = false;
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("#open-filters")) {
    dialog().querySelector(".filter-dialog-body").append(form());
    dialog().showModal();
  } else if (target.closest("#close-filters") || target === dialog()) {
    dialog().close(); // by its button, or by a click outside it
  }
});

// However the dialog is closed, the form returns to the page.
document.addEventListener("close", ({ target }) => {
  if (target === dialog()) target.before(form());
}, true);

document.addEventListener("submit", ({ target }) => {
  if (target === form() && dialog().open) dialog().close();
});
narrow.addEventListener("change", () => {
  if (dialog()?.open) dialog().close();
});

document.addEventListener("htmx:load", prepare); // on load, and when htmx restores a page
prepare();
