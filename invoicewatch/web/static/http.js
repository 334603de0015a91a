// What every script needs to talk to the server: signed requests, and one way of saying what went wrong.

/** An answer that is no success; `status` is HTTP's, `problem` what the server said (RFC 9457). */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || "");
    this.status = status;
    this.problem = problem;
  }
}

/** The signature of this page's forms. */
export function signature() {
  return document.querySelector('meta[name="csrf"]')?.content ?? "";
}

/** Take the signature of a page that was fetched after a new login. */
export function renewSignature(page) {
  const fresh = page.querySelector('meta[name="csrf"]');
  const ours = document.querySelector('meta[name="csrf"]');
  if (fresh && ours) ours.content = fresh.content;
}

/** Ask for JSON. Rejects with Refused, or with TypeError where nobody answers. */
export async function ask(path, { method = "GET", body, headers = {}, signal, keepalive } = {}) {
  const response = await fetch(path, {
    method,
    body,
    signal,
    keepalive,
    headers: { Accept: "application/json", ...(method === "GET" ? {} : { "X-CSRF-Token": signature() }), ...headers },
  });
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const answer = isJson ? await response.json() : {};
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** Ask for a page, as a document that is not shown. */
export async function askForPage(path, { signal } = {}) {
  const response = await fetch(path, { headers: { Accept: "text/html" }, signal });
  if (!response.ok) throw new Refused(response.status, {});
  return { url: response.url, page: parsePage(await response.text()) };
}

/** A document of the text of one of our pages; none of its scripts runs. */
export function parsePage(text) {
  const policy = (policies.pages ??= globalThis.trustedTypes?.createPolicy("pages", { createHTML: (html) => html }));
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
}

const policies = {};
