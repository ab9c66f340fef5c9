// The reader's shelf: decisions and notes kept in this browser only; nothing is sent anywhere.
// On a decision's page a button keeps it; on the page of the shelf the decisions are listed.

const KEY = "shelf";
const UNREADABLE_KEY = "shelf-unreadable";
const status = document.getElementById("shelf-status");

// An array of {reference, address, title, facts, citation, note}, the last kept first.
function load() {
  const stored = localStorage.getItem(KEY);
  if (!stored) return [];
  try {
    return JSON.parse(stored).filter(({ reference, address }) => reference && address?.startsWith("/"));
  } catch {
    // Nothing is lost: what cannot be read is kept under another name.
    localStorage.setItem(UNREADABLE_KEY, stored);
    return [];
  }
}

// Returns false, and says why, where the browser stores nothing.
function save(decisions) {
  try {
    localStorage.setItem(KEY, JSON.stringify(decisions));
    return true;
  } catch {
    status.textContent = "Your change was not saved. This browser does not let the page store it, or its storage is full.";
    return false;
  }
}

// ---- On a decision's page

const button = document.getElementById("keep");

function isKept() {
  return load().some(({ reference }) => reference === button.dataset.reference);
}

function showButton() {
  button.textContent = isKept() ? "Remove from my shelf" : "Keep on my shelf";
}

button?.addEventListener("click", () => {
  const others = load().filter(({ reference }) => reference !== button.dataset.reference);
  const isNew = !isKept();
  const changed = isNew ? [{ ...button.dataset, note: "" }, ...others] : others;
  if (!save(changed)) return;
  showButton();
  status.textContent = isNew ? "Kept in this browser." : "Removed.";
});

// ---- On the page of the shelf

const list = document.getElementById("shelf");
const template = document.getElementById("shelf-entry");
const tools = document.getElementById("shelf-tools");
const empty = document.getElementById("shelf-empty");

function showList() {
  const decisions = load();
  list.replaceChildren(...decisions.map(entryOf));
  tools.hidden = !decisions.length;
  empty.hidden = decisions.length > 0;
}

function entryOf(decision) {
  const entry = template.content.cloneNode(true).firstElementChild;
  const [link, facts, citation, label, note, remove] = [
    "a", ".facts", ".shelf-citation", "label", "textarea", "button",
  ].map((selector) => entry.querySelector(selector));
  link.href = decision.address;
  link.textContent = decision.title;
  facts.textContent = decision.facts;
  citation.textContent = decision.citation;
  note.id = `note-${decision.reference.replaceAll(" ", "-")}`;
  label.htmlFor = note.id;
  label.textContent = `Your note on ${decision.reference}`;
  note.value = decision.note ?? "";
  note.addEventListener("input", () => {
    save(load().map((kept) => (kept.reference === decision.reference ? { ...kept, note: note.value } : kept)));
  });
  remove.setAttribute("aria-label", `Remove ${decision.title}`);
  remove.addEventListener("click", () => {
    if (!save(load().filter(({ reference }) => reference !== decision.reference))) return;
    showList();
    status.textContent = `Removed: ${decision.title}.`;
    list.focus();
  });
  return entry;
}

// A citation a line; a note follows its citation, indented.
function asText() {
  return load()
    .map(({ citation, note }) => citation + (note ? `\n${note.replace(/^/gm, "    ")}` : ""))
    .join("\n\n") + "\n";
}

document.getElementById("shelf-copy")?.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(asText());
    status.textContent = "Copied the citations.";
  } catch {
    status.textContent = "Your browser does not let this page copy. Download the list instead.";
  }
});

document.getElementById("shelf-download")?.addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asText()], { type: "text/plain" }));
  link.download = "decisions.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  status.textContent = "Downloaded decisions.txt.";
});

document.getElementById("shelf-clear")?.addEventListener("click", () => {
  if (!confirm("Remove all decisions and notes from your shelf?")) return;
  if (!save([])) return;
  showList();
  status.textContent = "Your shelf is empty.";
});

// ---- Another tab may change the shelf; a note that is being written is not replaced.

function showAgain() {
  if (button) showButton();
  if (list && !list.contains(document.activeElement)) showList();
}

addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) showAgain();
});
addEventListener("pageshow", showAgain); // also after the back button
