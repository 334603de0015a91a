// Copies the link that is shown once, and shows a button where there is something to change.

const link = document.getElementById("link");
const copy = document.getElementById("copy");

if (link && copy) {
  copy.hidden = !navigator.clipboard;
  link.addEventListener("focus", () => link.select());
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(link.value);
    document.getElementById("copied").textContent = copy.dataset.done;
    copy.textContent = copy.dataset.done;
  });
  link.focus();
  // Loading the page again must not ask for another link.
  history.replaceState({}, "", "/people");
}

// The button that changes a right is there once another one is chosen.
for (const form of document.querySelectorAll("form[data-auto]")) {
  const select = form.querySelector("select");
  const button = form.querySelector("button");
  const look = () => { button.hidden = select.selectedOptions[0].defaultSelected; };
  select.addEventListener("change", look);
  look();
}
