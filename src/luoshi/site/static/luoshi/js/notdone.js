/**
 * Say what was not done: a part of a page that htmx asked for and that did not come leaves the page
 * as it is, with all that was typed; the sentence (from #not-done of the frame) stands beside it
 * until it is asked for again.
 */
const words = document.querySelector("#not-done");
const QUICK = 429;
const BUSY = 503;

/** Return the sentence for a status; 0: no answer came. */
function sentence(status) {
  if (status === BUSY) return words.dataset.busy;
  if (status === QUICK) return words.dataset.quick;
  return status ? words.dataset.other : words.dataset.silent;
}

const placeOf = (element) => element.closest("form") || element.parentElement || element;

function clear(event) {
  placeOf(event.detail.elt).querySelectorAll("[data-not-done]").forEach((one) => one.remove());
}

function say(event) {
  const { xhr } = event.detail;
  if (xhr && xhr.goesAgain && (xhr.status === QUICK || xhr.status === BUSY)) return; // its page says so
  const notice = words.content.firstElementChild.cloneNode(true);
  notice.dataset.notDone = "";
  clear(event);
  placeOf(event.detail.elt).append(notice);
  notice.querySelector(".notice__body").textContent = sentence(xhr ? xhr.status : 0);
  notice.scrollIntoView({ block: "nearest" });
}

if (words) {
  document.body.addEventListener("htmx:beforeRequest", clear);
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.addEventListener(name, say));
}
