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

// Targets that are too near to each other for a finger. Around the middle of each that is smaller
// than 24 pixels, a circle of that width must touch no other target, nor another such circle. Axe
// lets links in sentences off; this does not.
function crowding() {
  const SIZE = 24;
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const targets = [...document.querySelectorAll(kinds)]
    // The bars of a chart have the same links as the names of their rows.
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("svg, .skip, [aria-hidden=true]"))
    .map((element) => ({ element, area: element.closest("label") ?? element }))
    .flatMap(({ element, area }) =>
      [...area.getClientRects()]
        .filter(({ width, height }) => width > 1 && height > 1)
        .map((box) => ({ element, area, box, isSmall: box.width < SIZE || box.height < SIZE })),
    );
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const tell = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const wrong = new Set();
  for (const one of targets.filter(({ isSmall }) => isSmall)) {
    const [x, y] = middle(one.box);
    for (const other of targets) {
      if (one.area.contains(other.area) || other.area.contains(one.area)) continue;
      const { left, right, top, bottom } = other.box;
      const [otherX, otherY] = middle(other.box);
      const toBox = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
      const toMiddle = Math.hypot(otherX - x, otherY - y);
      // A hundredth of a pixel is rounding.
      const isNear = toBox < SIZE / 2 - 0.01 || (other.isSmall && toMiddle < SIZE - 0.01);
      if (isNear) wrong.add(`too near: ${tell(one.element)} and ${tell(other.element)}`);
    }
  }
  return [...wrong];
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
