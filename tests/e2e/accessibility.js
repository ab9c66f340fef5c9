// Checks of a page that tests/test_accessibility.py asks for. Each gives what is wrong, in words.

// One first heading, no level skipped; one of each landmark, and those of a kind told apart by name.
function disorder() {
  const wrong = [];
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  for (const one of ["h1", "main", "body > header", "body > footer"]) {
    const count = shown(one).length;
    if (count !== 1) wrong.push(`${count} of ${one}`);
  }
  let before = 0;
  for (const heading of shown("h1, h2, h3, h4, h5, h6")) {
    const level = Number(heading.tagName[1]);
    const text = heading.textContent.trim();
    if (level > before + 1) wrong.push(`h${level} "${text}" where h${before + 1} was next`);
    if (!text) wrong.push(`an empty h${level}`);
    before = level;
  }
  const nameOf = (element) =>
    element.getAttribute("aria-label") ||
    document.getElementById(element.getAttribute("aria-labelledby"))?.textContent.trim() ||
    "";
  for (const [kind, selector] of [
    ["nav", "nav, [role=navigation]"],
    ["search", "search, [role=search]"],
  ]) {
    const names = shown(selector).map(nameOf);
    const alone = kind === "search" && names.length === 1;
    if (!alone && names.includes("")) wrong.push(`${kind} without a name`);
    if (new Set(names).size < names.length) wrong.push(`${kind} of the same name: ${names}`);
  }
  return wrong;
}

// What moves for somebody who asked that nothing should.
function motion() {
  const wrong = [];
  const everything = [document.documentElement, ...document.querySelectorAll("body, body *")];
  for (const element of everything) {
    const style = getComputedStyle(element);
    const moves = (what) => wrong.push(`${element.tagName} .${element.className} moves: ${what}`);
    if (style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0))
      moves(`${style.transitionProperty} ${style.transitionDuration}`);
    if (style.animationName !== "none") moves(style.animationName);
    if (style.scrollBehavior === "smooth") moves("smooth scrolling");
  }
  return wrong;
}

// The tab key comes to one radio button of a group; arrow keys come to the others.
function isEntryOfItsGroup(element) {
  if (element.type !== "radio") return true;
  const group = [...element.form.querySelectorAll(`[type=radio][name="${element.name}"]`)];
  return element === (group.find((radio) => radio.checked) ?? group[0]);
}

// From now on, note where the focus comes.
function watchFocus() {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  window.usable = [...document.querySelectorAll(kinds)].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.disabled &&
      isEntryOfItsGroup(element) &&
      element.checkVisibility({ visibilityProperty: true }),
  );
  window.reached = [];
  window.unseen = [];
  document.addEventListener("focusin", ({ target }) => {
    window.reached.push(target);
    const style = getComputedStyle(target);
    const box = target.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const across = box.width > 0 && box.right > 0 && box.left < innerWidth;
    const inView = across && box.bottom > 0 && box.top < innerHeight;
    if (!outlined || !inView) window.unseen.push(target);
  });
}

// Whether the focus came back to where it began. On the way it may come to more than could be used
// at first: what shows itself only when the focus is near.
function cameRound() {
  return window.reached.lastIndexOf(window.reached[0]) > 0;
}

function unreached() {
  const tell = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const { usable, reached, unseen } = window;
  const missed = usable.filter((element) => !reached.includes(element));
  const wrong = [
    ...missed.map((element) => `not reached: ${tell(element)}`),
    ...unseen.map((element) => `focus not seen: ${tell(element)}`),
  ];
  const order = [...new Set(reached)];
  const isBefore = (one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (order.some((element, place) => place && !isBefore(order[place - 1], element)))
    wrong.push("the order is not the page's");
  return wrong;
}
