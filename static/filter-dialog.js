// Optional: without this file the filters of a narrow window are folded.
// With it they stand in a modal dialog, which holds the form while it is open.

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
    dialog().close(); // by its button, or by a click beside it
  }
});

// However the dialog was closed, the form goes back to its place.
document.addEventListener("close", ({ target }) => {
  if (target === dialog()) target.before(form());
}, true);

document.addEventListener("submit", ({ target }) => {
  if (target === form() && dialog().open) dialog().close();
});
narrow.addEventListener("change", () => {
  if (dialog()?.open) dialog().close();
});

document.addEventListener("htmx:load", prepare); // at first, and when a page comes back
prepare();
