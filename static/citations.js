// Optional: without this file, "Quote" leads to a page with the citations.
// With it, a dialog shows them, and buttons copy them.

const dialog = document.getElementById("citation-dialog");
let opener = null;

async function fetchCitations(address) {
  await htmx.ajax("GET", address, { target: "#citations", swap: "innerHTML" });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-quote]");
  if (!dialog || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener = link;
  link.setAttribute("aria-expanded", "true");
  await fetchCitations(link.href);
  if (dialog.open || !document.querySelector("#citations .citations")) return;
  dialog.showModal();
  dialog.querySelector("[data-copy]").focus();
});

dialog?.addEventListener("close", () => {
  // The link is visible only while its paragraph has the focus, so the focus returns first.
  opener.focus();
  opener.removeAttribute("aria-expanded");
  document.getElementById("citations").replaceChildren();
  document.querySelector(".copy-status").textContent = "";
});

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

dialog?.addEventListener("submit", (event) => {
  if (!event.target.matches(".paragraph-picker")) return;
  event.preventDefault();
  const parameters = new URLSearchParams(new FormData(event.target));
  fetchCitations(`${event.target.action}?${parameters}`);
});

// When the citations cannot be fetched, their page says why.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target.id === "citations") location.assign(event.detail.pathInfo.finalRequestPath);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const citation = document.getElementById(button.dataset.copy);
  const label = document.getElementById(button.getAttribute("aria-describedby")).textContent;
  const status = document.querySelector(".copy-status");
  try {
    await navigator.clipboard.writeText(citation.textContent);
    status.textContent = `Copied: ${label}.`;
  } catch {
    getSelection().selectAllChildren(citation);
    status.textContent = "Your browser does not let this page copy. The citation is selected: press Ctrl and C.";
  }
});
