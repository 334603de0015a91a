// Results while typing, and the way through them by keys.
import { askForPage, Refused } from "./http.js";
import { openOnPress, watchKeys } from "./rows.js";

const WAIT_MS = 160;
const form = document.querySelector("form.box");
const box = form.elements.q;
let timer = 0;
let asked = null;

/** Show what the box asks for, if it is still what was asked last. */
async function look() {
  const address = new URL(form.action);
  address.search = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value || name === "q"));
  asked?.abort();
  asked = new AbortController();
  const results = document.getElementById("results");
  results.classList.add("busy");
  try {
    const { url, page } = await askForPage(address, { signal: asked.signal });
    if (!page.getElementById("results")) return location.assign(url); // logged out meanwhile
    take(page);
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    if (!(error instanceof Refused) && !(error instanceof TypeError)) throw error;
  }
  document.getElementById("results").classList.remove("busy");
  return undefined;
}

function take(page) {
  document.title = page.title;
  document.getElementById("count").textContent = page.getElementById("count").textContent;
  const problem = page.querySelector("#q").getAttribute("aria-invalid");
  if (problem) box.setAttribute("aria-invalid", problem);
  else box.removeAttribute("aria-invalid");
  for (const id of ["chips", "problem", "results"]) {
    document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
  }
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  look();
});
watchKeys(form.dataset.keys === "on", box, () => [...document.querySelectorAll(".hits .seller a")]);
openOnPress(document.querySelector("main"), ".hits tbody tr");
