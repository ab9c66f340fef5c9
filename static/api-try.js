// Optional: without this file, the forms open the answer as a page of its own.
// It shows the answer of the API below the form that asked for it.

// Longest answer that is shown, in characters; longer ones would make the page slow.
const MAX_SHOWN = 100_000;

function addressOf(form) {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (value) address.searchParams.append(name, value);
  }
  return address;
}

async function show(form) {
  const answer = form.parentElement.querySelector(".api-answer");
  const [status, body] = answer.children;
  status.textContent = "Waiting for the answer …";
  body.textContent = "";
  answer.hidden = false;
  try {
    const response = await fetch(addressOf(form), { headers: { Accept: "application/json" } });
    const text = JSON.stringify(await response.json(), null, 2);
    status.textContent = `${response.status} ${response.statusText} · ${response.url}`;
    body.textContent = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}\n…` : text;
  } catch {
    status.textContent = "There was no answer. Check the connection and try again.";
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".api-form")) return;
  event.preventDefault();
  show(event.target);
});
