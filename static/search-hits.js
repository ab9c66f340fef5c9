// Optional: without this file, the search words are marked, and links lead to their paragraphs.
// With it, buttons and keys move from one marked word to the next, and a count shows the position.

const hits = [...document.querySelectorAll(".text mark")];
const count = document.getElementById("hit-count");
const status = document.getElementById("hit-status");
const keys = document.getElementById("hit-keys");
const SETTING = "hit-keys";
let current = -1;

function goTo(index, { focus }) {
  mark((index + hits.length) % hits.length);
  const hit = hits[current];
  hit.scrollIntoView({ block: "center" });
  if (focus) {
    hit.tabIndex = -1;
    hit.focus({ preventScroll: true });
  }
  const number = hit.closest(".para")?.id.replace("para-", "");
  status.textContent = `${current + 1} of ${hits.length}${number ? `, paragraph ${number}` : ""}: ${hit.textContent}`;
}

function mark(index) {
  hits[current]?.removeAttribute("aria-current");
  current = index;
  const hit = hits[current];
  hit.setAttribute("aria-current", "true");
  for (let fold = hit.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  count.textContent = `${current + 1} of ${hits.length}`;
}

// Starts the count at the paragraph that the address names.
function startAtTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  // Words inside the paragraph count as following it, so its first word is found.
  const next = hits.findIndex(
    (hit) => target.compareDocumentPosition(hit) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  if (next >= 0) mark(next);
}

const steps = { next: () => current + 1, previous: () => (current < 0 ? hits.length : current) - 1 };
for (const [name, index] of Object.entries(steps)) {
  document.getElementById(`hit-${name}`).addEventListener("click", () => goTo(index(), { focus: false }));
}

// Single-key shortcuts disturb speech input, so they can be turned off; the choice is stored.
keys.checked = localStorage.getItem(SETTING) !== "off";
keys.addEventListener("change", () => localStorage.setItem(SETTING, keys.checked ? "on" : "off"));
document.addEventListener("keydown", (event) => {
  if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  if (event.key === "n") goTo(steps.next(), { focus: true });
  if (event.key === "p") goTo(steps.previous(), { focus: true });
});

// The back link leads to the list that the reader came from, with its filters and page.
const back = document.querySelector(".search-hits .back-link");
if (document.referrer) {
  const from = new URL(document.referrer);
  if (from.origin === location.origin && from.pathname === back.pathname) back.href = from.href;
}

addEventListener("hashchange", startAtTarget);
startAtTarget();
