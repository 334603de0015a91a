// A box and a list of links below it: '/' goes to the box, arrows, j and k along the links, Enter opens as links do.

/** `useSingle` says whether keys that are letters act: they can be switched off (WCAG 2.1.4). */
export function watchKeys(useSingle, box, list) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const links = list();
    const at = links.indexOf(document.activeElement);
    const typing = event.target.matches("input, select, textarea") && event.target !== box;
    if (typing || event.target.closest("details[open] form")) return;
    const step = { ArrowDown: 1, ArrowUp: -1, ...(useSingle && event.target !== box ? { j: 1, k: -1 } : {}) }[event.key];
    const fromBox = event.target === box;
    if (step && (at >= 0 || fromBox || event.key.length === 1)) move(links, at, step, box, event);
    else if (event.key === "/" && useSingle && !fromBox) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
}

function move(links, at, step, box, event) {
  const next = at + step;
  if (!links.length || (at < 0 && step < 0)) return;
  event.preventDefault();
  const target = next < 0 ? box : links[Math.min(next, links.length - 1)];
  target.focus();
  target.closest("tr")?.scrollIntoView({ block: "nearest" });
}

/** A press anywhere in a row opens its link, unless something was pressed that does more, or text was marked. */
export function openOnPress(root, rows) {
  root.addEventListener("click", (event) => {
    const row = event.target.closest(rows);
    if (!row || event.target.closest("a, button, input, summary") || String(getSelection())) return;
    row.querySelector("a").click();
  });
}
