// The review by keys: answers are sent one after the other, and the next document is there before it is asked for.
import { askForPage, Refused, renewSignature } from "./http.js";
import { bindKeys } from "./review_keys.js";
import { fetchPage, send } from "./sending.js";
import { echoTyping } from "./typing.js";
import { Viewer } from "./viewer.js";

const WATCH_MS = [700, 1500, 3000, 6000, 12000, 20000];
const texts = document.getElementById("texts").dataset;
const byKey = (key) => JSON.parse(sessionStorage.getItem(key) ?? "[]");

/** Say something aloud, and for a while in sight. */
function say(text) {
  const place = document.getElementById("said");
  place.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (place.textContent = ""), 6000);
}

class Review {
  constructor() {
    this.undoable = byKey("undo"); // [{number, fields, version, seen}], the last answer last
    this.sending = Promise.resolve();
    this.ahead = null;
    this.failed = new WeakSet(); // documents of which something said was not kept
    this.settled = new Set(); // by what was said here; a page that was fetched ahead does not know it yet
    this.#take();
    bindKeys(this);
    addEventListener("popstate", () => {
      const path = location.pathname + location.search;
      if (path !== this.path) this.open(path, { isBack: true }); // else only the part after # has changed
    });
    document.addEventListener("submit", (event) => this.#onSubmit(event));
    document.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("focusin", (event) => this.#onFocus(event));
    document.addEventListener("words", (event) => this.#onWords(event.detail));
    for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, (event) => this.#showOther(event.target));
  }

  get data() { return this.root.dataset; }
  get questions() { return [...this.root.querySelectorAll(".question")]; }
  get active() { return this.root.querySelector(".question.active"); }
  get usesKeys() { return "shortcuts" in this.data; }

  /** Make a question the active one. Focus goes to it, or where single keys do not act to its first answer. */
  activate(question, { focus = true } = {}) {
    for (const each of this.questions) each.classList.toggle("active", each === question);
    this.viewer?.lightField(question?.dataset.name ?? "");
    if (!question) return void (focus && (this.root.querySelector("#go-on") ?? this.root.querySelector("h1"))?.focus());
    question.scrollIntoView({ block: "nearest" });
    const first = this.usesKeys ? question : (question.querySelector("button, input:not([type=hidden])") ?? question);
    if (focus) first.focus({ preventScroll: true });
  }

  step(by) {
    const all = this.questions;
    const next = all[all.indexOf(this.active) + by];
    if (next) this.activate(next);
    return Boolean(next);
  }

  /** Open typing in the active question, with a text if there is one. */
  type(text) {
    const input = this.active?.querySelector("input[name=typed]");
    if (!input) return;
    if (text !== undefined) input.value = text;
    input.focus();
    input.select();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Put this document off, as the last of those that wait. */
  putOff() {
    if (!this.data.next) return say(texts.only);
    this.data.later = [...this.data.later.split(".").filter((each) => each && each !== this.data.number), this.data.number].join(".");
    return this.sending.then(() => this.goOn(this.data.next));
  }

  /** Take the last answer back, also of a document that is done. */
  undo() {
    this.sending = this.sending.then(() => this.#undoLast());
  }

  async #undoLast() {
    const last = this.undoable.pop();
    if (!last) return say(texts.nothing);
    this.#keepUndoable();
    const version = last.number === this.data.number ? this.data.version : last.version;
    const body = { fields: last.fields.join("."), version, later: this.data.later };
    try {
      const { next } = await send(`/review/${last.number}/undo`, body);
      this.settled.delete(last.number);
      await this.open(next, { lit: last.fields.at(-1) });
      for (const each of this.undoable) if (each.number === last.number) each.version = this.data.version;
      say(texts.undone.replace("{number}", last.number));
    } catch (error) {
      await this.#explain(error, { number: last.number, seen: last.seen });
    }
  }

  /** The document that comes next: swapped in if it was fetched ahead, else fetched now. */
  async goOn(number) {
    if (!number) return this.open(`/review?${new URLSearchParams({ later: this.data.later })}`);
    const ahead = this.ahead?.number === String(number) ? await this.ahead.found : null;
    if (ahead) return this.#swap(ahead);
    return this.open(this.#name(number));
  }

  /** Show a page of the review; `address` is what stands above it, if that is another. */
  async open(path, how = {}) {
    try {
      this.#swap(await fetchPage(path), how);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      location.assign(path);
    }
  }

  #name(number) {
    const later = [...this.data.later.split("."), this.data.number].filter((each) => each && each !== String(number));
    return `/review/${number}?${new URLSearchParams({ later: later.join(".") })}`;
  }

  /** Take over what stands on the page now. */
  #take(lit) {
    this.path = location.pathname + location.search;
    this.root = document.getElementById("review");
    this.root.classList.add("live");
    const viewer = this.root.querySelector(".viewer");
    this.viewer = viewer && new Viewer(viewer);
    for (const question of this.questions) {
      question.tabIndex = 0;
      const input = question.querySelector("input[name=typed]");
      if (input) echoTyping(input, question.querySelector(".echo"), question.dataset.name, texts.understood);
    }
    const keys = this.root.querySelector(".show-keys");
    if (keys) keys.hidden = false;
    const wanted = lit && this.questions.find((each) => each.dataset.name === lit);
    const open = this.root.querySelector("#go-on") ? null : this.root.querySelector(".question:not(.answered)");
    this.activate(wanted || open);
    this.#showUndo();
    if (this.settled.has(this.data.next)) this.data.next = "";
    this.#fetchAhead(this.data.next);
  }

  #fetchAhead(number) {
    this.ahead = null;
    if (!number) return;
    // Only an attempt: whatever goes wrong shows when the page is wanted.
    const found = askForPage(this.#name(number)).then((fetched) => (fetched.page.getElementById("review") ? fetched : null), () => null);
    this.ahead = { number: String(number), found };
    const { ahead } = this;
    found.then((fetched) => {
      ahead.page = fetched;
      const picture = fetched?.page.querySelector(".leaf img");
      if (!picture) return;
      this.picture = new Image();
      this.picture.sizes = picture.sizes;
      this.picture.srcset = picture.srcset;
    });
  }

  #swap({ url, page }, { isBack = false, address = url, lit } = {}) {
    const fresh = page.getElementById("review");
    if (!fresh) return void location.assign(url);
    renewSignature(page);
    this.root.replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    document.getElementById("main").className = page.getElementById("main").className;
    if (!isBack) history.pushState({}, "", address);
    this.#take(lit);
  }

  #onSubmit(event) {
    const form = event.target;
    if (form.matches(".answers, .typing")) {
      event.preventDefault();
      const button = event.submitter ?? form.querySelector("button");
      this.#answer(form.closest(".question"), form, button);
    } else if (form.matches(".put-off")) {
      event.preventDefault();
      this.putOff();
    } else if (form.matches(".undo")) {
      event.preventDefault();
      this.undo();
    }
  }

  /** Send an answer after those before it, and go on at once: to the next question, or to the next document. */
  #answer(question, form, button) {
    const { root, data: { number } } = this;
    const said = { field: question.dataset.name, answer: button.value, typed: form.elements.typed?.value ?? "" };
    if (question.classList.contains("sending") || (said.answer === "typed" && !said.typed.trim())) return;
    if (said.answer === "typed" && question.querySelector(".echo.bad")) return this.type();
    question.classList.add("answered", "sending");
    const left = this.questions.filter((each) => !each.classList.contains("answered"));
    if (left.some((each) => each.classList.contains("settles"))) this.activate(left[0]);
    else if (this.ahead?.page && root.querySelector(".settles")) {
      if (said.field !== "status" || said.answer !== "none") this.settled.add(number);
      this.#swap(this.ahead.page);
    }
    this.sending = this.sending.then(async () => {
      if (this.failed.has(root)) return; // what was said before it was not kept, which is told
      const seen = form.elements.seen.value;
      try {
        const body = { ...said, seen, version: root.dataset.version, later: root.dataset.later };
        const kept = await send(`/review/${number}/answer`, body);
        await this.#follow(root, question, kept, button.querySelector(".said")?.textContent ?? (kept.value || texts.none));
      } catch (error) {
        this.settled.delete(number);
        question.classList.remove("answered", "sending");
        if (this.root !== root) this.failed.add(root);
        await this.#explain(error, { number, seen, ...said });
      }
    });
  }

  async #follow(root, question, kept, value) {
    root.dataset.version = kept.version;
    for (const seen of root.querySelectorAll("input[name=seen]")) seen.value = kept.seen;
    question.classList.remove("sending");
    question.querySelector(".value").textContent = value;
    question.querySelector(".tag")?.replaceWith(Object.assign(document.createElement("span"), { className: "tag", textContent: root.dataset.person }));
    this.undoable.push({ number: root.dataset.number, fields: kept.fields, version: kept.version, seen: kept.seen });
    this.#keepUndoable();
    say(texts.kept.replace("{field}", question.querySelector(".asks strong").textContent).replace("{value}", value));
    this.#countWaiting(kept.waiting);
    if (kept.queued.length) this.#watch(kept.queued);
    if (this.root !== root) return;
    if (kept.settled) this.settled.add(root.dataset.number);
    if (kept.done) await this.goOn(kept.next).then(() => this.#countWaiting(kept.waiting));
    else if (!root.querySelector(".question:not(.answered)")) await this.open(this.#same());
  }

  /** Somebody was faster, the value is none, or it failed: nothing that was typed is lost. */
  async #explain(error, { number, seen, field = "", typed = "" }) {
    if (!(error instanceof Refused)) throw error;
    const problem = [error.problem.detail, error.problem.remedy].filter(Boolean).join(". ");
    const look = async () => {
      const address = this.#same(number);
      await this.open(`${address}${error.status === 409 ? `&seen=${seen}` : ""}`, { lit: field, address });
      const notice = this.root.querySelector(".notice[role=alert]");
      if (notice) this.active?.before(notice);
      if (typed) this.type(typed);
    };
    if (number !== this.data.number) return void this.#tellOfEarlier(number, problem, look);
    if (error.status === 409) return look();
    const question = this.questions.find((each) => each.dataset.name === field);
    if (!question || !typed) return void say(texts.failed.replace("{problem}", problem));
    this.activate(question);
    this.type();
  }

  /** A document that is not on the screen any more: nobody is torn away from the next, but told, with a way back. */
  #tellOfEarlier(number, problem, look) {
    const notice = document.getElementById("not-kept").content.firstElementChild.cloneNode(true);
    notice.querySelector("span").textContent = texts.notKept.replace("{number}", number).replace("{problem}", problem);
    notice.querySelector("button").addEventListener("click", look);
    this.root.querySelector("header, h1").after(notice);
  }

  /** What an answer settles elsewhere shows as it happens; whatever was fetched ahead of it is fetched anew. */
  async #watch(numbers) {
    let told = 0;
    for (const wait of WATCH_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const found = await fetch(`/review/settled?of=${numbers.join(".")}`, { headers: { Accept: "application/json" } })
        .then((response) => (response.ok ? response.json() : null), () => null);
      if (!found) return;
      const settled = found.settled.length;
      if (settled > told) {
        say(settled === 1 ? texts.settledOne : texts.settledMany.replace("{count}", settled));
        this.#countWaiting(found.waiting);
        if (found.settled.map(String).includes(this.ahead?.number)) this.#fetchAhead(this.data.next);
        told = settled;
      }
      if (!found.working) return;
    }
  }

  #same(number = this.data.number) {
    return `/review/${number}?${new URLSearchParams({ later: this.data.later })}`;
  }

  #countWaiting(count) {
    const place = this.root.querySelector(".waiting");
    if (place) place.textContent = count === 1 ? texts.waitingOne : texts.waitingMany.replace("{count}", count);
  }

  #keepUndoable() {
    this.undoable = this.undoable.slice(-50);
    sessionStorage.setItem("undo", JSON.stringify(this.undoable));
    this.#showUndo();
  }

  #showUndo() {
    const form = this.root.querySelector(".undo");
    if (form) form.hidden = this.undoable.length === 0;
  }

  #onClick(event) {
    const goOn = event.target.closest("#go-on");
    const question = event.target.closest(".question");
    if (event.target.closest(".show-keys")) document.getElementById("keys").showModal();
    else if (goOn && this.data.next) {
      event.preventDefault();
      this.goOn(this.data.next);
    } else if (question && question !== this.active) this.activate(question);
  }

  #onFocus(event) {
    const question = event.target.closest(".question");
    if (question && question !== this.active) this.activate(question, { focus: false });
  }

  /** A click on words of the page fills the active field; one on another field's box only makes that one active. */
  #onWords({ text, fields }) {
    const question = this.questions.find((each) => fields.includes(each.dataset.name) && each !== this.active);
    // Of "Total: 12,50 EUR" an amount's field takes the figures.
    const figures = this.active && "money" in this.active.dataset ? text.match(/-?\d(?:[\d.,'’\u00a0\u202f ]*\d)?/)?.[0] : undefined;
    if (text && this.active) this.type(figures ?? text);
    else if (question) this.activate(question);
  }

  #showOther(target) {
    const button = target.closest?.("[data-box]");
    if (button) this.viewer?.showPlace(button.dataset.page, button.dataset.box.split(" ").map(Number));
    else if (this.root.querySelector("rect.place")) this.viewer.lightField(this.active?.dataset.name);
  }
}

new Review();
