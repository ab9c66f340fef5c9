// Comfort only: "Quote" leads to a page that works without this file.
// Shows that page's forms in a dialog, and copies them.

const dialog = document.getElementById("quoting");
let opener = null;

async function fetchForms(address) {
  await htmx.ajax("GET", address, { target: "#quote", swap: "innerHTML" });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-quote]");
  if (!dialog || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener = link;
  link.setAttribute("aria-expanded", "true");
  await fetchForms(link.href);
  if (dialog.open || !document.querySelector("#quote .forms")) return;
  dialog.showModal();
  dialog.querySelector("[data-copy]").focus();
});

dialog?.addEventListener("close", () => {
  // The link shows itself where its paragraph has the focus: only now it can go back there.
  opener.focus();
  opener.removeAttribute("aria-expanded");
  document.getElementById("quote").replaceChildren();
  document.querySelector(".copied").textContent = "";
});

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

dialog?.addEventListener("submit", (event) => {
  if (!event.target.matches(".choose")) return;
  event.preventDefault();
  const asked = new URLSearchParams(new FormData(event.target));
  fetchForms(`${event.target.action}?${asked}`);
});

// When the forms cannot be had, the page that has them says why.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target.id === "quote") location.assign(event.detail.pathInfo.finalRequestPath);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const cited = document.getElementById(button.dataset.copy);
  const label = document.getElementById(button.getAttribute("aria-describedby")).textContent;
  const said = document.querySelector(".copied");
  try {
    await navigator.clipboard.writeText(cited.textContent);
    said.textContent = `Copied: ${label}.`;
  } catch {
    getSelection().selectAllChildren(cited);
    said.textContent = "This browser does not let the page copy. It is selected now: press Ctrl and C.";
  }
});
