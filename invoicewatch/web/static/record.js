// The page of a document: fields, lines and edits light their place on the pages, and a place leads to its field.
import { askForPage, Refused } from "./http.js";
import { Viewer } from "./viewer.js";

const POLL_MS = 700;
const BUSY = ["waiting", "reading"];

const record = document.getElementById("record");
const pages = record.querySelector(".viewer"); // what came as XML has none
const viewer = pages && new Viewer(pages);
record.classList.add("live");

for (const button of record.querySelectorAll(".light")) button.hidden = false;

record.addEventListener("click", (event) => {
  const light = event.target.closest(".light");
  if (light) return showThere(light);
  const piece = event.target.closest("[data-edit]");
  if (piece) return goTo(document.getElementById(`edit-${piece.dataset.edit}`));
  if (!event.target.closest("button, a, input, summary")) {
    const field = event.target.closest(".field");
    if (field) return lightField(field.dataset.name);
  }
  const place = event.target.closest("[data-box]");
  if (place && !event.target.closest("button, a") && getSelection().isCollapsed) showThere(place);
});

for (const other of record.querySelectorAll(".others [data-box]")) {
  for (const kind of ["pointerenter", "focus"]) other.addEventListener(kind, () => showPlace(other));
  for (const kind of ["pointerleave", "blur"]) other.addEventListener(kind, () => viewer?.showPlace(null));
}

// Words that are pointed at go into the field that is being typed; else the place leads to its field.
let typing = null;
record.addEventListener("focusin", (event) => {
  if (event.target.matches("input[name=typed]")) typing = event.target;
  else if (!event.target.closest(".viewer")) typing = null;
});
pages?.addEventListener("words", (event) => {
  const { text, fields } = event.detail;
  if (typing?.isConnected && typing.offsetParent && text) {
    typing.value = text;
    typing.focus();
  } else if (fields.length > 0) {
    lightField(fields[0]);
    goTo(document.getElementById(`field-${fields[0]}`));
  }
});

function lightField(name) {
  for (const lit of record.querySelectorAll(".field.lit")) lit.classList.remove("lit");
  document.getElementById(`field-${name}`)?.classList.add("lit");
  viewer?.lightField(name);
}

/** Light what an element speaks of, and bring the pages into sight. */
function showThere(element) {
  if (element.dataset.light) lightField(element.dataset.light);
  else showPlace(element.closest("[data-box]"));
  pages?.scrollIntoView({ block: "nearest" });
}

function showPlace(element) {
  viewer?.showPlace(Number(element.dataset.page), element.dataset.box.split(" ").map(Number));
}

function goTo(element) {
  if (!element) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

// A reading that is under way is followed; once it is done, the page is loaded anew unless somebody is typing.
async function follow() {
  let region = document.getElementById("reading");
  while (BUSY.includes(region.dataset.stage)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    if (document.hidden) continue;
    try {
      const { page } = await askForPage(region.dataset.at);
      const fresh = page.getElementById("reading");
      if (!fresh) return;
      if (fresh.dataset.stage === region.dataset.stage) continue;
      region.replaceChildren(...fresh.childNodes);
      region.dataset.stage = fresh.dataset.stage;
    } catch (error) {
      if (error instanceof Refused && error.status < 500) return;
      if (!(error instanceof Refused || error instanceof TypeError)) throw error;
    }
  }
  if (region.dataset.stage !== "done") return;
  const isTyping = [...record.querySelectorAll("input[name=typed]")].some((input) => input.value !== input.defaultValue);
  if (isTyping) region.querySelector(".stale").hidden = false;
  else location.reload();
}

if (BUSY.includes(document.getElementById("reading").dataset.stage)) follow();

const alert = record.querySelector("[role=alert]");
if (alert) goTo(alert.closest("[tabindex]") ?? alert);
