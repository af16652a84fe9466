/**
 * Say what was not done: a part of a page that htmx asked for and that did not come leaves the page
 * as it is, with all that was typed; the sentence (from #not-done of the frame) stands beside it
 * until it is asked for again. Who is signed out meanwhile signs in in another window and comes back:
 * the page takes the token of the new session ("luoshi:back"), and what was typed can be sent.
 */
const words = document.querySelector("#not-done");
const OUT = 401;
const REFUSED = 403;
const QUICK = 429;
const BUSY = 503;
const KINDS = { [OUT]: "out", [REFUSED]: "refused", [QUICK]: "quick", [BUSY]: "busy" };

/** Return which sentence tells what became of a request; without a status no answer came. */
function kindOf(xhr) {
  if (!xhr || !xhr.status) return "silent";
  if (xhr.getResponseHeader("X-Form-Expired")) return "out";
  return KINDS[xhr.status] || "other";
}

/** The form that asked, else the one in which somebody writes, else where the page has room for it. */
const placeOf = (element) =>
  element.closest("form") || element.querySelector("form:focus-within") || element.querySelector("[data-not-done-here]") || element.parentElement || element;

function clear(event) {
  placeOf(event.detail.elt).querySelectorAll("[data-not-done]").forEach((one) => one.remove());
}

function say(event) {
  const { xhr, elt } = event.detail;
  if (xhr && xhr.goesAgain && (xhr.status === QUICK || xhr.status === BUSY)) return; // its page says so
  const notice = words.content.firstElementChild.cloneNode(true);
  const kind = kindOf(xhr);
  notice.dataset.notDone = kind;
  clear(event);
  placeOf(elt).append(notice);
  tell(notice, kind, xhr && xhr.getResponseHeader("X-Sign-In"));
  notice.scrollIntoView({ block: "nearest" });
  if (xhr && xhr.getResponseHeader("X-Form-Expired")) comeBack();
}

function tell(notice, kind, address) {
  const body = notice.querySelector(".notice__body");
  body.textContent = words.dataset[kind];
  if (!address) return;
  const link = Object.assign(document.createElement("a"), { href: address, target: "_blank", textContent: words.dataset.link });
  body.append(" ", link);
}

const waiting = () => Array.from(document.querySelectorAll('[data-not-done="out"]'));

/** Take the token of the session as it is now: signing in made that of the page void. */
async function comeBack() {
  const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  if (answer.status !== 200 || !fresh.dataset.actor) return; // still signed out
  if (fresh.dataset.actor !== document.body.dataset.actor) return void waiting().forEach((one) => tell(one, "post"));
  const headers = fresh.getAttribute("hx-headers");
  document.body.setAttribute("hx-headers", headers);
  const token = JSON.parse(headers)["X-CSRFToken"];
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  for (const one of waiting()) {
    one.dataset.notDone = "back";
    tell(one, "back");
  }
  document.dispatchEvent(new Event("luoshi:back"));
}

const look = () => !document.hidden && waiting().length && comeBack();

if (words) {
  document.body.addEventListener("htmx:beforeRequest", clear);
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.addEventListener(name, say));
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
}
