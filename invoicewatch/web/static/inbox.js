// The inbox: files that are dropped or chosen go at once, and what becomes of them is told as it happens.
import { ask, Refused } from "./http.js";
import { follow } from "./inbox-follow.js";
import { Sender } from "./inbox-send.js";

const inbox = document.getElementById("inbox");
const form = document.getElementById("hand-in");
const words = Object.fromEntries(
  [...document.getElementById("words").content.querySelectorAll("[data-word]")].map((each) => [each.dataset.word, each.textContent]),
);

inbox.classList.add("scripted");
const sender = new Sender(form, words, Number(inbox.dataset.mostBytes));
follow(inbox.dataset.after, words, (row) => sender.claim(row));

for (const picker of form.querySelectorAll('input[type="file"]')) {
  picker.addEventListener("change", () => {
    sender.add(picker.files);
    picker.value = "";
  });
}

// Anywhere on the page is a good place to drop a file; leaving the page with it is not.
let inside = 0;
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragenter", (event) => hasFiles(event) && (inside += 1, form.classList.add("over")));
addEventListener("dragleave", (event) => hasFiles(event) && (inside -= 1) <= 0 && form.classList.remove("over"));
addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  inside = 0;
  form.classList.remove("over");
  sender.add(event.dataTransfer.files);
});
addEventListener("beforeunload", (event) => sender.busy && event.preventDefault());

// Another try is a form for those without scripts; here the lists say what comes of it.
inbox.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-retry]")) return;
  event.preventDefault();
  const button = event.target.querySelector("button");
  button.disabled = true;
  try {
    await ask("/inbox/retry", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
  } catch (error) {
    if (error instanceof Refused && error.status === 401) location.reload();
    else event.target.submit();
  } finally {
    button.disabled = false;
  }
});
