// Boxes over a page: [x0, y0, x1, y1] in fractions of it.

/** A rectangle over a leaf, of a class. */
export function draw(leaf, kind, [x0, y0, x1, y1]) {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const sides = { x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0), class: kind };
  for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value);
  leaf.querySelector("svg").append(rect);
  return rect;
}

/** The box of a rectangle. */
export function findSides(rect) {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name)));
  return [x, y, x + width, y + height];
}

/** The smallest box that holds all of `boxes`. */
export function findAround(boxes) {
  return boxes.reduce(([x0, y0, x1, y1], box) => [Math.min(x0, box[0]), Math.min(y0, box[1]), Math.max(x1, box[2]), Math.max(y1, box[3])], [1, 1, 0, 0]);
}

/** The box between two points. */
export const span = ([ax, ay], [bx, by]) => [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];

export const findMiddle = ([x0, y0, x1, y1]) => [(x0 + x1) / 2, (y0 + y1) / 2];

export const holds = ([x0, y0, x1, y1], [x, y]) => x0 <= x && x <= x1 && y0 <= y && y <= y1;
