// Optional: the decision can be read without this file.
// It marks the section being read in the contents, previews linked paragraphs, and prints.

// ---- Marks the current section in the contents, and scrolls the contents to it

const contents = document.querySelector(".contents");
const entries = new Map(
  [...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]),
);
const sections = [...document.querySelectorAll(".text > section")].filter(({ id }) => entries.has(id));
const inView = new Set();
let marked = null;

const observer = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) {
    if (isIntersecting) inView.add(target);
    else inView.delete(target);
  }
  const current = sections.find((section) => inView.has(section));
  if (current) markEntry(entries.get(current.id));
}, { rootMargin: "-15% 0px -60% 0px" });
for (const section of sections) observer.observe(section);

function markEntry(link) {
  if (link === marked) return;
  marked?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  marked = link;
  // Only the contents scroll, never the page.
  const top = link.getBoundingClientRect().top - contents.getBoundingClientRect().top;
  if (top < 0 || top + link.offsetHeight > contents.clientHeight) {
    contents.scrollTo({ top: contents.scrollTop + top - contents.clientHeight / 2 });
  }
}

// ---- Previews the paragraph that a link leads to, on hover and focus, until Escape

const preview = document.createElement("div");
preview.id = "preview";
preview.className = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
document.querySelector("main").append(preview);
let shownFor = null;
let timer = 0;

function targetOf(link) {
  const target = document.getElementById(link.hash.slice(1));
  return target?.closest(".para, .summary");
}

function show(link) {
  clearTimeout(timer);
  if (shownFor === link) return;
  hide();
  const target = targetOf(link);
  if (!target || target.contains(link)) return;
  const copy = target.cloneNode(true);
  for (const extra of copy.querySelectorAll(".quote, h2")) extra.remove();
  // A tooltip must not contain links; the reader can follow them in the text itself.
  for (const inner of copy.querySelectorAll("a")) {
    const words = document.createElement("span");
    words.className = inner.className;
    words.append(...inner.childNodes);
    inner.replaceWith(words);
  }
  for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
  preview.replaceChildren(copy);
  preview.hidden = false;
  positionPreview(link);
  link.setAttribute("aria-describedby", "preview");
  shownFor = link;
}

// Positions the preview below the link, or above it if there is more room; it never covers the link.
function positionPreview(link) {
  const lines = link.getClientRects();
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const parent = preview.offsetParent.getBoundingClientRect();
  const below = innerHeight - last.bottom;
  preview.style.maxHeight = "";
  const isAbove = below < preview.offsetHeight + 16 && first.top > below;
  const maxHeight = Math.min(288, Math.max(96, (isAbove ? first.top : below) - 24));
  preview.style.maxHeight = `${maxHeight}px`;
  const top = isAbove ? first.top - preview.offsetHeight - 8 : last.bottom + 8;
  const left = Math.min(last.left, innerWidth - preview.offsetWidth - 16);
  preview.style.top = `${top - parent.top}px`;
  preview.style.left = `${Math.max(16, left) - parent.left}px`;
}

function hide() {
  clearTimeout(timer);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  preview.hidden = true;
}

function reference(element) {
  const link = element.closest?.("main a[href^='#']");
  return link && !link.closest(".toc") ? link : null;
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const link = reference(event.target);
  clearTimeout(timer);
  if (link) timer = setTimeout(show, shownFor === link ? 0 : 150, link);
  else if (shownFor && !preview.contains(event.target) && shownFor !== document.activeElement) {
    timer = setTimeout(hide, 250);
  }
});
document.addEventListener("focusin", (event) => {
  const link = reference(event.target);
  if (link?.matches(":focus-visible")) show(link);
  else hide();
});
document.addEventListener("focusout", hide);
document.addEventListener("click", hide);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

document.getElementById("print")?.addEventListener("click", () => print());
