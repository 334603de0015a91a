// What the keys of the review mean: single keys act only on a question, never while something is typed.

/** Bind the keys of a page to its review. */
export function bindKeys(review) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const isTyping = event.target.matches("input, textarea, select");
    if (isTyping ? typingKey(review, event) : questionKey(review, event)) event.preventDefault();
  });
}

function typingKey(review, event) {
  if (event.key !== "Escape" || !event.target.closest(".typing")) return false;
  review.activate(review.active);
  if (!review.usesKeys) event.target.closest(".question").querySelector("button").focus();
  return true;
}

/** Whether a key was ours. Keys that are no single characters work where single keys are switched off, too. */
function questionKey(review, event) {
  const { key, target } = event;
  const inPages = Boolean(target.closest(".viewer-scroll"));
  if (key === "F2") return act(() => review.type());
  if (key === "ArrowDown" && !inPages) return act(() => review.step(1));
  if (key === "ArrowUp" && !inPages) return act(() => review.step(-1));
  if (!review.usesKeys || target.matches("summary, select")) return false;
  if (key === "Tab") return target.matches(".question") && review.step(event.shiftKey ? -1 : 1);
  if (key === "Enter") return !target.matches("a, button") && accept(review);
  if (/^[1-9]$/.test(key)) return press(review, ".other", key - 1);
  const acts = {
    n: () => press(review, '[value="none"]'),
    s: () => review.putOff(),
    z: () => review.undo(),
    "?": () => document.getElementById("keys").showModal(),
    "+": () => review.viewer?.look("in"),
    "=": () => review.viewer?.look("in"),
    "-": () => review.viewer?.look("out"),
    0: () => review.viewer?.look("fit"),
    t: () => review.viewer?.look("turn"),
  };
  const name = key.toLowerCase();
  return Object.hasOwn(acts, name) && act(acts[name]);
}

function act(what) {
  what();
  return true;
}

/** Accept what was found; where nothing was, open typing; where nothing is asked, go on. */
function accept(review) {
  if (!review.active) return act(() => review.root.querySelector("#go-on")?.click());
  return press(review, ".first") || act(() => review.type());
}

function press(review, which, place = 0) {
  const button = review.active?.querySelectorAll(`.answers ${which}`)[place];
  button?.click();
  return Boolean(button);
}
