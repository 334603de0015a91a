// Files on their way to the server: a few at a time, each with its row, until the server's own row takes its place.
import { askForPage, renewSignature, signature } from "./http.js";
import { showFilled } from "./inbox-follow.js";

const AT_A_TIME = 3;
const SAID_EVERY_MS = 4000;

const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

export class Sender {
  constructor(form, words, mostBytes) {
    this.form = form;
    this.words = words;
    this.mostBytes = mostBytes;
    this.queue = [];
    this.running = new Set();
    this.handed = []; // on the server, but not yet in its list
    this.early = new Map(); // rows of the server that came before the answer to their upload
    this.count = { all: 0, handed: 0, refused: 0, done: 0 };
    this.waitUntil = 0;
    this.lastSaid = 0;
    this.list = document.querySelector("#list-way .rows");
    this.template = document.getElementById("new-row");
  }

  /** Whether leaving the page would break something off. */
  get busy() {
    return this.queue.length > 0 || this.running.size > 0;
  }

  add(files) {
    for (const file of files) {
      const sending = this.makeRow(file);
      this.list.append(sending.row);
      this.count.all += 1;
      if (file.size === 0) this.refuse(sending, this.words.empty);
      else if (file.size > this.mostBytes) this.refuse(sending, this.words.large);
      else this.queue.push(sending);
    }
    showFilled();
    this.pump();
  }

  makeRow(file) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    const sending = { file, row, inbox: this.form.elements.inbox?.value ?? "", request: null };
    row.querySelector(".name").textContent = file.name;
    row.querySelector(".name").title = file.name;
    row.querySelector(".cancel").addEventListener("click", () => this.stop(sending));
    row.querySelector(".again").addEventListener("click", () => this.again(sending));
    this.show(sending, this.words.queued);
    return sending;
  }

  show(sending, tag, why = "", kind = "") {
    const label = sending.row.querySelector(".tag");
    label.textContent = tag;
    label.className = `tag ${kind}`;
    sending.row.querySelector(".why").textContent = why;
    sending.row.querySelector(".again").hidden = kind !== "wrong";
    sending.row.querySelector(".cancel").hidden = kind !== "" || tag === this.words.handed;
    sending.row.querySelector(".track").hidden = kind === "wrong";
    sending.row.querySelector(".what").classList.toggle("wide", kind === "wrong");
    this.put(sending, kind === "wrong" ? "mend" : "way");
  }

  put(sending, name) {
    const list = document.querySelector(`#list-${name} .rows`);
    if (sending.row.isConnected && sending.row.dataset.list !== name) list.append(sending.row);
    sending.row.dataset.list = name;
    showFilled();
  }

  pump() {
    const wait = this.waitUntil - Date.now();
    if (wait > 0) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.pump(), Math.min(wait, 1000));
    } else {
      while (this.running.size < AT_A_TIME && this.queue.length) this.send(this.queue.shift());
    }
    this.sum();
  }

  send(sending) {
    const body = new FormData();
    if (sending.inbox) body.append("inbox", sending.inbox);
    body.append("files", sending.file);
    const request = (sending.request = new XMLHttpRequest());
    const bar = sending.row.querySelector("progress");
    request.open("POST", "/inbox/upload");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", signature());
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && (bar.value = event.loaded / event.total));
    request.addEventListener("loadend", () => {
      this.running.delete(sending);
      sending.request = null;
      this.hear(sending, request).finally(() => this.pump());
    });
    this.running.add(sending);
    this.show(sending, this.words.sending);
    request.send(body);
  }

  async hear(sending, request) {
    const { status, response } = request;
    if (sending.stopped) this.show(sending, this.words.stopped, "", "wrong");
    else if (status === 201) this.take(sending, response);
    else if (status === 429 && response?.code === "too_many") {
      this.waitUntil = Date.now() + 1000 * Number(request.getResponseHeader("Retry-After") ?? 5);
      this.queue.unshift(sending);
      this.show(sending, this.words.queued);
    } else if (status === 403 && !sending.renewed && (sending.renewed = true)) {
      // Another login, in another tab: its signature is on a page of its own.
      await askForPage("/inbox").then(({ page }) => renewSignature(page)).catch(() => {});
      this.queue.unshift(sending);
    } else if (status === 401) this.refuse(sending, this.words.login);
    else if (status === 0 || !response) this.refuse(sending, this.words.lost);
    else this.refuse(sending, [sentence(response.detail), response.remedy].join(" "));
  }

  take(sending, { files: [file], after }) {
    Object.assign(sending, file, { after });
    this.count.handed += 1;
    this.show(sending, this.words.handed, file.name === file.given ? "" : this.words.handedAs.replace("NAME", file.name));
    sending.row.querySelector("progress").value = 1;
    this.handed.push(sending);
    for (const row of this.early.values()) this.claim(row);
  }

  refuse(sending, why) {
    this.count.refused += 1;
    this.show(sending, this.words.refused, why, "wrong");
  }

  stop(sending) {
    sending.stopped = true;
    if (sending.request) sending.request.abort();
    else {
      this.queue = this.queue.filter((each) => each !== sending);
      this.show(sending, this.words.stopped, "", "wrong");
      this.sum();
    }
  }

  again(sending) {
    if (!sending.stopped) this.count.refused -= 1;
    sending.stopped = sending.renewed = false;
    sending.row.querySelector("progress").value = 0;
    this.show(sending, this.words.queued);
    this.queue.push(sending);
    this.pump();
  }

  /** A row of the server: if it is a file that was sent from here, it takes the place of our own. */
  claim(row) {
    const { id, inbox, name, list } = row.dataset;
    const mine = this.handed.find((each) => each.inbox === inbox && each.name === name && Number(id) > each.after);
    if (mine) {
      this.handed.splice(this.handed.indexOf(mine), 1);
      if (list === "way" && row.isConnected) mine.row.replaceWith(row);
      else mine.row.remove();
      this.early.delete(id);
      (this.ours ??= new Set()).add(id);
    } else if (this.busy) this.early.set(id, row);
    if (this.ours?.has(id) && list !== "way") {
      this.ours.delete(id);
      this.count.done += 1;
    }
    this.sum();
  }

  sum() {
    const { all, handed, refused, done } = this.count;
    const line = document.getElementById("handing");
    line.hidden = all === 0;
    const bar = document.getElementById("handing-bar");
    const sending = handed + refused < all;
    bar.max = all;
    bar.value = sending ? handed + refused : done + refused;
    const wait = Math.ceil((this.waitUntil - Date.now()) / 1000);
    const words = [
      (sending ? this.words.sum : this.words.finished).replace("DONE", sending ? handed : done).replace("ALL", all),
      refused ? this.words.sumRefused.replace("NOT", refused) : "",
      wait > 0 && this.queue.length ? this.words.wait.replace("N", wait) : "",
    ];
    const text = words.filter(Boolean).join(" · ");
    document.getElementById("handing-words").textContent = text;
    // Told to those who listen now and then, and at the end.
    if (Date.now() - this.lastSaid > SAID_EVERY_MS || done + refused === all) {
      this.lastSaid = Date.now();
      document.getElementById("said").textContent = all ? text : "";
    }
  }
}
