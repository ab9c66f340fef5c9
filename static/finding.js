// Comfort only: without this file the form asks the server for the same.
// It narrows a long list to the names that hold what is typed, and says how many are left.

const form = document.querySelector("form[data-finds]");

if (form) {
  const list = document.getElementById(form.dataset.finds);
  const field = form.elements.name;
  const found = document.getElementById("found");
  const named = [...list.querySelectorAll("[data-name]")];
  const letters = document.querySelector(".letters");
  let waiting;

  // What stands in a section whose own name fits is shown with it.
  const narrow = () => {
    const wanted = field.value.trim().toLowerCase();
    const fits = (one) => one?.dataset.name?.toLowerCase().includes(wanted);
    const kept = new Set(named.filter((one) => fits(one) || fits(one.closest("section"))));
    for (const one of named) one.hidden = !kept.has(one);
    for (const section of list.querySelectorAll("section")) {
      section.hidden = ![section, ...section.querySelectorAll("[data-name]")].some((one) => kept.has(one));
    }
    if (letters) letters.hidden = wanted !== "";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      found.textContent = wanted ? `${kept.size} of ${named.length} with “${field.value.trim()}” in the name.` : "";
    }, 300);
    history.replaceState(null, "", wanted ? `?name=${encodeURIComponent(field.value.trim())}` : location.pathname);
  };

  field.addEventListener("input", narrow);
  if (field.value) narrow(); // what the browser kept when somebody came back
}
