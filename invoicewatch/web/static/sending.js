// Sending what a person said so that it is never lost: through an ended session, and through a server that is away.
// The page includes templates/come_back.html.
import { ask, askForPage, parsePage, Refused, renewSignature } from "./http.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

let waiting = 0; // what is to be sent again; what is on its way arrives even where the page is left
let loggingIn = null;
addEventListener("beforeunload", (event) => waiting > 0 && event.preventDefault());

/** Post a form (FormData or URLSearchParams) until it is answered. Rejects with Refused for what a person must settle. */
export function send(path, body) {
  let isRenewed = false;
  const post = () => ask(path, { method: "POST", body: new URLSearchParams(body), keepalive: true });
  return insist(async () => {
    try {
      return await post();
    } catch (error) {
      // A signature of another session, say because somebody logged in again in another tab.
      if (!(error instanceof Refused) || error.status !== 403 || isRenewed) throw error;
      isRenewed = true;
      renewSignature((await askForPage(location.href)).page);
      return post();
    }
  });
}

/** A page as a document, as `askForPage` gives it, until there is one. */
export function fetchPage(path) {
  return insist(async () => {
    const found = await askForPage(path);
    if (new URL(found.url).pathname === "/login") throw new Refused(401, {});
    return found;
  });
}

async function insist(attempt) {
  const away = document.getElementById("away");
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      const answer = await attempt();
      away.hidden = true;
      return answer;
    } catch (error) {
      const isLeft = error instanceof Refused && error.status === 401;
      const isAway = error instanceof TypeError || error.status === 503;
      if (!isLeft && !isAway) {
        away.hidden = true;
        throw error;
      }
      away.textContent = document.getElementById("come-back").dataset.away;
      away.hidden = isLeft;
      waiting += 1;
      await (isLeft ? (loggingIn ??= logIn().finally(() => (loggingIn = null))) : new Promise((resolve) => setTimeout(resolve, wait)));
      waiting -= 1;
    }
  }
}

/** Ask for name and password until they belong together; then this page's forms are signed anew. */
function logIn() {
  const dialog = document.getElementById("come-back");
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector(".problem");
  dialog.showModal();
  return new Promise((resolve) => {
    const keepOpen = (event) => event.preventDefault();
    const submit = async (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form));
      body.set("next", location.pathname + location.search);
      const found = await tryToLogIn(body);
      if (found.querySelector('meta[name="csrf"]')) {
        renewSignature(found);
        form.removeEventListener("submit", submit);
        dialog.removeEventListener("cancel", keepOpen);
        problem.hidden = true;
        form.elements.password.value = "";
        dialog.close();
        resolve();
      } else {
        problem.textContent = found.querySelector(".problem")?.textContent.trim() ?? dialog.dataset.away;
        problem.hidden = false;
        form.elements.password.select();
      }
    };
    form.addEventListener("submit", submit);
    dialog.addEventListener("cancel", keepOpen);
  });
}

async function tryToLogIn(body) {
  const nothing = document.implementation.createHTMLDocument();
  try {
    const response = await fetch("/login", { method: "POST", body, headers: { Accept: "text/html" } });
    return parsePage(await response.text());
  } catch (error) {
    if (error instanceof TypeError) return nothing;
    throw error;
  }
}
