// The pages of a document: zoom, turn, pan, and the box of one field lit. `words.js` gives the words on them.
import { draw, findSides } from "./boxes.js";
import { watchWords } from "./words.js";

const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const MARGIN_PX = 40;
const SLIM = 0.62; // of the room: as wide as all of it, a till receipt would be too large to read

/**
 * A viewer over the element that templates/viewer.html made. The element fires `words` (detail: text, page, box as
 * [x0, y0, x1, y1], fields: the names of the boxes that were hit) when somebody points at a place on a page.
 */
export class Viewer {
  constructor(element) {
    this.element = element;
    this.scroll = element.querySelector(".viewer-scroll");
    this.leaves = [...element.querySelectorAll(".leaf")];
    this.zoom = 1;
    this.turns = 0;
    const tools = element.querySelector(".viewer-tools");
    tools.hidden = this.leaves.length === 0;
    tools.addEventListener("click", (event) => this.look(event.target.closest("[data-look]")?.dataset.look));
    this.scroll.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    element.addEventListener("keydown", (event) => this.#onKey(event));
    this.#panWithPointer();
    for (const leaf of this.leaves) watchWords(this, leaf);
    this.#layOut();
  }

  /** `in`, `out`, `fit` or `turn`. */
  look(how) {
    if (how === "in") this.zoomTo(STEPS.find((step) => step > this.zoom + 0.01) ?? this.zoom);
    else if (how === "out") this.zoomTo(STEPS.findLast((step) => step < this.zoom - 0.01) ?? this.zoom);
    else if (how === "fit") this.zoomTo(1);
    else if (how === "turn") this.#turn();
  }

  /** Light the box of a field, no other, and scroll to it. */
  lightField(name) {
    for (const rect of this.element.querySelectorAll("rect.lit")) rect.classList.remove("lit");
    for (const rect of this.element.querySelectorAll("rect.taken")) rect.remove();
    this.showPlace(null);
    const rect = name && this.element.querySelector(`rect[data-field="${CSS.escape(name)}"]`);
    if (!rect) return;
    rect.classList.add("lit");
    rect.parentNode.append(rect);
    this.scrollTo(rect.closest(".leaf"), findSides(rect));
  }

  /** Mark a place, say of another reading, and scroll to it; null takes the mark away. */
  showPlace(page, box) {
    for (const rect of this.element.querySelectorAll("rect.place")) rect.remove();
    const leaf = page && this.leaves.find((each) => each.dataset.page === String(page));
    if (!leaf) return;
    draw(leaf, "place", box);
    this.scrollTo(leaf, box);
  }

  /** Make pages so many times as wide as there is room; the place at `point` (of the window) stays where it is. */
  zoomTo(zoom, point) {
    const scroll = this.scroll;
    const frame = scroll.getBoundingClientRect();
    const at = { x: (point?.x ?? frame.left + frame.width / 2) - frame.left, y: (point?.y ?? frame.top + frame.height / 2) - frame.top };
    const before = { x: (scroll.scrollLeft + at.x) / scroll.scrollWidth, y: (scroll.scrollTop + at.y) / scroll.scrollHeight };
    this.zoom = Math.min(4, Math.max(0.5, zoom));
    this.#layOut();
    scroll.scrollLeft = before.x * scroll.scrollWidth - at.x;
    scroll.scrollTop = before.y * scroll.scrollHeight - at.y;
  }

  /** Bring a part of a page ([x0, y0, x1, y1] as fractions) into sight, if it is not. */
  scrollTo(leaf, [x0, y0, x1, y1]) {
    const room = leaf.getBoundingClientRect();
    const frame = this.scroll.getBoundingClientRect();
    const [a, b] = [this.onLeaf(x0, y0), this.onLeaf(x1, y1)];
    const left = room.left + Math.min(a[0], b[0]) * room.width - frame.left;
    const right = room.left + Math.max(a[0], b[0]) * room.width - frame.left;
    const top = room.top + Math.min(a[1], b[1]) * room.height - frame.top;
    const bottom = room.top + Math.max(a[1], b[1]) * room.height - frame.top;
    const inSight = top > MARGIN_PX && bottom < frame.height - MARGIN_PX && left >= 0 && right <= frame.width;
    if (!inSight) this.scroll.scrollBy((left + right - frame.width) / 2, (top + bottom) / 2 - frame.height / 3);
  }

  /** Where a point of the upright page (fractions) lies on its leaf as it is turned now. */
  onLeaf(x, y) {
    return [[x, y], [1 - y, x], [1 - x, 1 - y], [y, 1 - x]][this.turns];
  }

  /** The point of the upright page (fractions) under a point of the window. */
  onPage(leaf, clientX, clientY) {
    const room = leaf.getBoundingClientRect();
    const [u, v] = [(clientX - room.left) / room.width, (clientY - room.top) / room.height];
    return [[u, v], [v, 1 - u], [1 - u, 1 - v], [1 - v, u]][this.turns];
  }

  #turn() {
    this.turns = (this.turns + 1) % 4;
    this.#layOut();
    const lit = this.element.querySelector("rect.lit");
    if (lit) this.lightField(lit.dataset.field);
  }

  #layOut() {
    for (const leaf of this.leaves) {
      const sheet = leaf.querySelector(".sheet");
      const picture = sheet.querySelector("img");
      const ratio = picture.getAttribute("width") / picture.getAttribute("height");
      const aside = this.turns % 2 === 1;
      leaf.classList.toggle("turned", this.turns > 0);
      leaf.style.width = `${(leaf.classList.contains("slim") ? SLIM : 1) * 100 * this.zoom}%`;
      leaf.style.aspectRatio = this.turns ? String(aside ? 1 / ratio : ratio) : "";
      sheet.style.width = aside ? `${100 * ratio}%` : "100%";
      sheet.style.transform = this.turns ? `translate(-50%, -50%) rotate(${90 * this.turns}deg)` : "";
      if (this.zoom !== 1 || picture.dataset.sized) {
        picture.sizes = `${Math.ceil(sheet.clientWidth)}px`;
        picture.dataset.sized = "yes";
      }
    }
    this.element.querySelector(".viewer-zoom").value = `${Math.round(100 * this.zoom)} %`;
  }

  #onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomTo(this.zoom * Math.exp(-event.deltaY / 400), { x: event.clientX, y: event.clientY });
  }

  #onKey(event) {
    const how = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (how && !event.ctrlKey && !event.altKey && !event.metaKey && event.target === this.scroll) {
      event.preventDefault();
      event.stopPropagation();
      this.look(how);
    }
  }

  /** The middle button pans, and the left one while the space bar is held; fingers scroll as they always do. */
  #panWithPointer() {
    const { element, scroll } = this;
    let isHeld = false;
    element.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target.closest("button")) return;
      event.preventDefault();
      isHeld = true;
      element.classList.add("holding");
    });
    element.addEventListener("keyup", (event) => {
      if (event.key === " ") isHeld = element.classList.toggle("holding", false);
    });
    scroll.addEventListener("pointerdown", (event) => {
      if (event.button !== 1 && !(event.button === 0 && isHeld)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      scroll.setPointerCapture(event.pointerId);
      element.classList.add("panning");
      const move = (moved) => scroll.scrollBy({ left: -moved.movementX, top: -moved.movementY, behavior: "instant" });
      scroll.addEventListener("pointermove", move);
      scroll.addEventListener("lostpointercapture", () => {
        scroll.removeEventListener("pointermove", move);
        element.classList.remove("panning");
      }, { once: true });
    }, { capture: true });
  }
}
