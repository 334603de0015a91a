// The words on a page: pointed at with a click, or with a drag over several.
import { draw, findAround, findMiddle, findSides, holds, span } from "./boxes.js";
import { ask, Refused } from "./http.js";

const DRAG_PX = 5;
const NEAR = 0.006; // of a page: how far beside a word a click may go

/** Have a leaf of a viewer fire `words` when somebody points at it. */
export function watchWords(viewer, leaf) {
  let kept = null;
  const load = () => (kept ??= loadWords(viewer, leaf));
  leaf.addEventListener("pointerenter", load, { once: true });
  leaf.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.defaultPrevented) return;
    const start = [event.clientX, event.clientY];
    const from = viewer.onPage(leaf, ...start);
    const words = load();
    const isFinger = event.pointerType === "touch";
    let drawn = null;
    const move = (moved) => {
      if (isFinger || Math.hypot(moved.clientX - start[0], moved.clientY - start[1]) < DRAG_PX) return;
      drawn?.remove();
      drawn = draw(leaf, "drawn", span(from, viewer.onPage(leaf, moved.clientX, moved.clientY)));
    };
    const end = async (ended) => {
      leaf.removeEventListener("pointermove", move);
      leaf.removeEventListener("pointercancel", end);
      leaf.removeEventListener("pointerup", end);
      const box = span(from, viewer.onPage(leaf, ended.clientX, ended.clientY));
      const isDrag = drawn !== null;
      drawn?.remove();
      if (ended.type === "pointerup") tell(viewer, leaf, isDrag, box, await words);
    };
    if (!isFinger) leaf.setPointerCapture(event.pointerId);
    leaf.addEventListener("pointermove", move);
    leaf.addEventListener("pointerup", end);
    leaf.addEventListener("pointercancel", end);
  });
}

async function loadWords(viewer, leaf) {
  try {
    const answer = await ask(`/record/${viewer.element.dataset.record}/page/${leaf.dataset.page}/words`);
    viewer.element.classList.add("has-words");
    return answer.words;
  } catch (error) {
    if (error instanceof Refused || error instanceof TypeError) return []; // none kept, or nobody answers: then clicks find none
    throw error;
  }
}

function tell(viewer, leaf, isDrag, box, words) {
  const hit = isDrag ? words.filter((word) => holds(box, findMiddle(word))) : nearest(words, box);
  for (const mark of viewer.element.querySelectorAll("rect.taken")) mark.remove();
  for (const word of hit) draw(leaf, "taken", word);
  const fields = [...leaf.querySelectorAll("rect[data-field]")]
    .filter((rect) => holds(findSides(rect), findMiddle(box)))
    .map((rect) => rect.dataset.field);
  if (hit.length === 0 && fields.length === 0) return;
  const detail = { text: hit.map((word) => word[4]).join(" "), page: Number(leaf.dataset.page), box: hit.length ? findAround(hit) : box, fields };
  viewer.element.dispatchEvent(new CustomEvent("words", { detail, bubbles: true }));
}

/** The word at a point, or the nearest that is close by. */
function nearest(words, [x, y]) {
  let [found, least] = [[], NEAR];
  for (const word of words) {
    const far = Math.hypot(Math.max(word[0] - x, 0, x - word[2]), Math.max(word[1] - y, 0, y - word[3]));
    if (far < least) [found, least] = [[word], far];
  }
  return found;
}
