/**
 * The keys of a review: j and k walk the statements, a letter presses the button that carries it,
 * p takes the first proposal. After an accept or a drop the next open statement is at hand at once,
 * and at the end of the page the next page. Nothing happens while someone is typing. At the first key
 * after a pause, and when the window comes to the front again, it asks what others decided meanwhile.
 * A card is marked as the one at hand from when keys work (data-ready): a key pressed earlier is told,
 * not guessed. What is pressed goes through the line (reports_line.js). Without it every button still works.
 */
const line = window.reviewLine;
const review = document.querySelector("[data-review]");
const cards = () => Array.from(review.querySelectorAll("[data-statement]"));
const ACTS = new Set(["a", "d", "e", "s", "m", "n", "1", "2", "3"]);
const KEYS = [...ACTS, "j", "k", "p", "u", "f", "N", "+"];
let current = null;

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Make a card the current one, and bring its mark in the text into sight. At the beginning it is not
    yet in the address: the browser would go there when all is loaded, and hide the head. */
function choose(card, isFirst) {
  if (!card) return;
  for (const one of review.querySelectorAll(".is-current")) one.classList.remove("is-current");
  current = card.dataset.statement;
  card.classList.add("is-current");
  card.scrollIntoView({ block: "nearest" });
  for (const mark of review.querySelectorAll(`[data-said="${current}"]`)) mark.classList.add("is-current");
  const text = review.querySelector(".review__text");
  const anchor = document.getElementById(`m${current}`);
  if (text && anchor && getComputedStyle(text).position === "sticky") {
    text.scrollTop += anchor.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  }
  if (!isFirst) history.replaceState(history.state, "", `#s${current}`);
}

const cardOf = (number) => document.getElementById(`s${number}`);

/** Turn the page when every act that was sent is answered. */
function turn(address, last) {
  if (!address) return;
  const go = () => {
    if (last) sessionStorage.setItem("review-last", "1");
    location.href = address;
  };
  if (line) line.leave(go);
  else go();
}

function walk(step, wanted = () => true) {
  const all = cards();
  const here = all.findIndex((one) => one.dataset.statement === current);
  for (let at = here + step; at >= 0 && at < all.length; at += step) {
    if (wanted(all[at])) return choose(all[at]);
  }
  return turn(step > 0 ? review.dataset.next : review.dataset.previous, step < 0);
}

/** Press what carries the key: in the current card, else on the page. */
function press(key) {
  const card = current && cardOf(current);
  const place = ACTS.has(key) ? card : document;
  const button = place && place.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  button.click();
  if (key === "a" || key === "d") {
    card.dataset.state = "sent"; // the next one is at hand at once; the answer comes after
    walk(1, (one) => one.dataset.state === "open");
    return true;
  }
  if (key === "s") armSplit(card.querySelector("[data-split-quote]"));
  if (key === "+") addSelected();
  return true;
}

/** Words marked in the text are those to be added. */
function addSelected() {
  const field = document.getElementById("overlooked");
  const marked = String(document.getSelection());
  if (marked) field.value = marked;
  field.focus();
}

let looked = Date.now();

/** Ask what others, or other windows, decided since; nothing comes where nothing was. */
function lookAgain() {
  looked = Date.now();
  htmx.ajax("GET", `${location.pathname}${location.search || "?"}${location.search ? "&" : ""}look=1`, { source: review, swap: "none" });
}

function isStale() {
  const pause = Number(review.dataset.pause) * 1000;
  const long = Date.now() - looked >= pause;
  looked = Date.now();
  return long;
}

function pressed(event) {
  if (isStale()) lookAgain();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return escaped(event.target);
  if (event.key === "Enter" && event.target.matches("[data-split-quote]")) {
    event.preventDefault();
    return event.target.closest("details").querySelector('[value="split"]').click();
  }
  if (isTyping(event.target) || !KEYS.includes(event.key)) return;
  if (line && line.isResting(current)) return void event.preventDefault();
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "p" ? !pressProposal() : !press(event.key)) return;
  event.preventDefault();
}

/** Take the first proposal that stands when its turn comes: pressed twice, the first two. */
function pressProposal() {
  const card = current && cardOf(current);
  const button = card && card.querySelector("[data-proposal]");
  if (button && line) line.put({ number: current, act: "proposal", find: "[data-proposal]" });
  else if (button) button.click();
  return Boolean(button);
}

/** Escape leaves the field, then the form; it also stops a page that does not come. */
function escaped(target) {
  if (line) line.stay();
  if (isTyping(target)) target.blur();
  else leaveForm();
}

/** A second Escape gives the form of the current card up. */
function leaveForm() {
  const card = current && cardOf(current);
  const link = card && card.querySelector("[data-leave]");
  if (link) link.click();
}

/** The cursor walks only in what can be written, so the quote can be, but takes nothing. */
function armSplit(quote) {
  quote.readOnly = false;
  quote.addEventListener("beforeinput", (event) => event.preventDefault());
  quote.focus();
  quote.setSelectionRange(0, 0);
}

let held = null; // what has the focus when a card came anew, before anybody can go elsewhere

/** After a card came anew: it stays the current one, or lets its form be filled, first what was wrong;
    who went to another field meanwhile stays there. */
function settled(event) {
  const card = event.target.closest && event.target.closest("[data-statement]");
  if (!card || card.dataset.statement !== current) return;
  choose(card);
  const at = document.activeElement;
  if (isTyping(at) && (at !== held || !card.contains(at))) return;
  const wrong = card.querySelector(".said-form .has-error :is(input, select)");
  const field = wrong || card.querySelector(".said-form [name=subject]");
  if (field) field.focus();
}

/** What others decided comes into its cards, but never under the hands of who is writing in one, nor
    before what was pressed in one is sent: it was meant for what the card said then. */
function coming(event) {
  const card = event.detail.target;
  if (!card.matches("[data-statement]")) return;
  if (card.querySelector(".said-form") || (line && line.holds(card.dataset.statement))) event.detail.shouldSwap = false;
}

/** What was not taken is open again, to be walked to; what was too quick goes again by itself, as does what came after signing out. */
function notTaken(event) {
  if (event.detail.xhr && [401, 429, 503].includes(event.detail.xhr.status)) return;
  const card = event.target.closest && event.target.closest("[data-statement]");
  if (card && card.dataset.state === "sent") card.dataset.state = "open";
}

function came(event) {
  const card = current && event.target.id === `s${current}` && cardOf(current);
  if (card) card.classList.add("is-current");
}

function begin() {
  document.addEventListener("keydown", pressed);
  document.body.addEventListener("htmx:afterSwap", () => { held = document.activeElement; });
  document.body.addEventListener("htmx:afterSettle", settled);
  for (const failed of ["htmx:responseError", "htmx:sendError"]) document.body.addEventListener(failed, notTaken);
  document.body.addEventListener("htmx:oobBeforeSwap", coming);
  document.body.addEventListener("htmx:oobAfterSwap", came);
  document.addEventListener("visibilitychange", () => !document.hidden && isStale() && lookAgain());
  if (line) line.pressedIn = choose;
  review.addEventListener("click", (event) => {
    if (line && line.isSending()) return;
    const mark = event.target.closest("[data-said]");
    const link = event.target.closest("[data-to-card]");
    const card = mark ? cardOf(mark.dataset.said) : link ? cardOf(link.dataset.toCard) : event.target.closest("[data-statement]");
    if (card) choose(card);
    if (event.target.closest("[data-understood]")) document.getElementById("review-meanwhile").replaceChildren();
  });
  review.addEventListener("keyup", splitAt);
  review.addEventListener("mouseup", splitAt);
  const asked = location.hash.startsWith("#s") && cardOf(location.hash.slice(2));
  const isBack = sessionStorage.getItem("review-last");
  sessionStorage.removeItem("review-last");
  const all = cards();
  choose(asked || (isBack ? all[all.length - 1] : all.find((one) => one.dataset.state === "open") || (review.dataset.closed ? null : all[0])), true);
  review.dataset.ready = "yes";
  if (line) line.tellBefore();
}

// htmx binds what stands on the page at this event, before us: a click before it would leave the page.
if (review && document.readyState === "complete") begin();
else if (review) document.addEventListener("DOMContentLoaded", begin);

/** Where the cursor stands in the quote is where it is parted. */
function splitAt(event) {
  const quote = event.target.closest("[data-split-quote]");
  if (quote) quote.closest("details").querySelector("[data-split-at]").value = String(Array.from(quote.value.slice(0, quote.selectionStart)).length);
}
