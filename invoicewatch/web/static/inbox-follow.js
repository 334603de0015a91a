// What the server tells of the inbox, put in its place on the page.

const SILENT_MS = 40_000;
const LATER_MS = 30_000;
const policy = globalThis.trustedTypes?.createPolicy("inbox", { createHTML: (text) => text });

/** Pieces of this very page, as the server drew them. */
function parse(text) {
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  return [...page.body.children];
}

/** Follow all changes after a place; `onRow` is told of each row that came or changed. */
export function follow(after, words, onRow) {
  let source = null;
  let place = after;
  let heard = Date.now();

  const said = document.getElementById("link");
  const tell = (text) => {
    const line = document.getElementById("link") ?? said;
    line.hidden = !text;
    line.querySelector(".tag").textContent = text;
  };
  const hear = () => {
    heard = Date.now();
    tell("");
  };

  function open() {
    close();
    heard = Date.now();
    source = new EventSource(`/inbox/events?after=${encodeURIComponent(place)}`);
    source.addEventListener("open", hear);
    source.addEventListener("beat", hear);
    source.addEventListener("change", (event) => {
      place = event.lastEventId;
      apply(JSON.parse(event.data), onRow);
      hear();
    });
    source.addEventListener("end", () => {
      close();
      tell(words.ended);
    });
    source.addEventListener("error", () => {
      if (source?.readyState === EventSource.CLOSED) {
        // Refused for good: no session any more, or too many such pages. A server that is back is asked again.
        close();
        tell(words.open);
        setTimeout(() => !source && !document.hidden && open(), LATER_MS);
      } else tell(words.offline);
    });
  }

  function close() {
    source?.close();
    source = null;
  }

  // A page that nobody looks at needs no stream, of which a browser has few.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  setInterval(() => source && Date.now() - heard > SILENT_MS && (tell(words.offline), open()), 5000);
  if (!document.hidden) open();
}

function apply({ all, rows, gone, health }, onRow) {
  if (all) document.querySelectorAll(".row[data-id]").forEach((row) => row.remove());
  for (const number of gone) document.getElementById(`file-${number}`)?.remove();
  if (health) document.getElementById("health").replaceWith(...parse(health));
  for (const row of rows ? parse(rows) : []) {
    place(row);
    onRow(row);
  }
  showFilled();
}

/** Show the lists that hold something. */
export function showFilled() {
  for (const section of document.querySelectorAll(".files")) section.hidden = !section.querySelector(".row");
  document.getElementById("nothing").hidden = Boolean(document.querySelector(".row"));
}

/** Put a row where it belongs: where it was, or in another list. */
function place(row) {
  const old = document.getElementById(row.id);
  const list = document.querySelector(`#list-${row.dataset.list} .rows`);
  const focused = old?.contains(document.activeElement);
  if (old && old.dataset.list === row.dataset.list) old.replaceWith(row);
  else {
    old?.remove();
    row.dataset.list === "way" ? list.append(row) : list.prepend(row);
  }
  if (focused) (row.querySelector("button, a") ?? document.getElementById("main")).focus({ preventScroll: true });
}
