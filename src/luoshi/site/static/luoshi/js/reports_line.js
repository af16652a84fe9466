/**
 * The line of a review: what is pressed in its cards is sent one after another, in the order pressed,
 * so that nothing is lost between two answers and "undo" means the last that was pressed. What the
 * server turns away as too quick or too busy (429, 503) waits for the time it names and goes again by
 * itself. What leaves the page waits until the line is empty. Without htmx forms go by themselves.
 */
const sheet = window.htmx && document.querySelector("[data-review]");
const LATER = new Set([429, 503]);
const PATIENCE = 60; // seconds, where the server names no time
const jobs = []; // {number, act, find}; with card and xhr once it is sent: the first is out or goes next
let isOut = false;
let waiting = 0; // the timer of what goes again
let isShut = false; // signed out: it goes again by itself after signing in (notdone.js says how)
let leaving = null; // what leaves the page; called once the line is empty

const cardAt = (number) => document.getElementById(`s${number}`);

/** Show one of the sentences of the line; `facts` stand in its places. */
function tell(kind, facts = {}) {
  const notice = document.querySelector(`[data-told="${kind}"]`);
  for (const [name, value] of Object.entries(facts)) notice.querySelector(`[data-fact="${name}"]`).textContent = value;
  notice.hidden = false;
}

function hush(kind) {
  document.querySelector(`[data-told="${kind}"]`).hidden = true;
}

/** What a click in a card asks the server for; null where it asks for nothing. */
function asked(target) {
  const element = target.closest("button[name=do], a[hx-get]");
  const card = element && element.closest("[data-statement]");
  if (!card) return null;
  const number = card.dataset.statement;
  if (element.name === "do") return { number, act: element.value, find: `[name="do"][value="${CSS.escape(element.value)}"]` };
  return "leave" in element.dataset ? { number, act: "leave", find: "[data-leave]" } : { number, act: "edit", find: '[data-key="e"]' };
}

function put(job) {
  jobs.push(job);
  if (waiting) tell("waits", { count: jobs.length });
  setTimeout(next); // a click within the click that asked for it would do nothing
}

/** Send the first of the line, when its card is settled: before, a click would leave the page. */
function next() {
  if (isOut || waiting || isShut) return;
  if (!jobs.length) return void (leaving && leaving());
  const [job] = jobs;
  job.card = cardAt(job.number);
  if (job.card && job.card.matches(".htmx-added")) return;
  const element = job.card && job.card.querySelector(job.find);
  if (!element) return drop(job);
  isOut = true;
  job.xhr = null;
  element.click();
  if (!job.xhr) done(); // held back by its own fields, which say why
}

function done() {
  isOut = false;
  jobs.shift();
  next();
}

/** What cannot be done any more is told, and its statement is open again, to be walked to. */
function drop(job) {
  reopen(job);
  tell("dropped", { number: job.number });
  jobs.shift();
  next();
}

function reopen(job) {
  const card = cardAt(job.number);
  if (card && card.dataset.state === "sent") card.dataset.state = "open";
  leaving = null;
}

/** Wait as long as the server says, then go on. */
function goAgainLater(xhr) {
  const wait = (Number(xhr.getResponseHeader("Retry-After")) || PATIENCE) * 1000;
  isOut = false;
  waiting = setTimeout(() => {
    waiting = 0;
    hush("waits");
    next();
  }, wait);
  const moment = new Date(Date.now() + wait).toLocaleTimeString(document.documentElement.lang, { hour12: false });
  tell("waits", { count: jobs.length, moment });
}

/** Keep what was pressed until its reviewer is signed in again. */
function stop() {
  isOut = false;
  isShut = true;
}

function goOn() {
  isShut = false;
  next();
}

function answered(event) {
  const [job] = jobs;
  const { xhr } = event.detail;
  if (!isOut || job.xhr !== xhr || job.isAnswered) return;
  if (LATER.has(xhr.status) && xhr.goesAgain) return void goAgainLater(xhr);
  if ((xhr.status === 401 || xhr.getResponseHeader("X-Form-Expired")) && xhr.goesAgain) return void stop();
  job.isAnswered = true;
  if (xhr.getResponseHeader("HX-Redirect") || xhr.getResponseHeader("HX-Refresh")) return void (leaving = () => {});
  if (xhr.getResponseHeader("X-Overtaken") || xhr.status === 0 || xhr.status >= 400) overtaken(job);
  else if (LEAVES.has(job.act)) leaving = null;
  if (cardAt(job.number) === job.card) done(); // else it came anew, and works when it is settled
}

/** What was pressed later in the same card was meant for what it said then. */
function overtaken(job) {
  const later = jobs.filter((one) => one !== job && one.number === job.number);
  if (later.length) tell("dropped", { number: job.number });
  jobs.splice(0, jobs.length, ...jobs.filter((one) => !later.includes(one)));
  reopen(job);
}

function settled(event) {
  const [job] = jobs;
  if (job && isOut && job.isAnswered && event.target.id === `s${job.number}`) done();
  else next();
}

const LEAVES = new Set(["split", "join"]); // the page comes anew after them
const gone = () => {};

/** Leave the page when all is answered; until then, and until the next page is there, keys rest. */
function leave(go) {
  leaving = () => {
    leaving = gone;
    go();
  };
  next();
}

function clicked(event) {
  if (isOut && jobs[0].xhr === null && jobs[0].card.contains(event.target)) return; // from next()
  const job = asked(event.target);
  if (job) {
    event.preventDefault();
    event.stopPropagation();
    window.reviewLine.pressedIn(cardAt(job.number));
    put(job);
    if (LEAVES.has(job.act)) leaving = gone;
    return;
  }
  const link = event.target.closest("a[href]");
  const isElse = !link || link.target || event.ctrlKey || event.metaKey || event.shiftKey;
  if (isElse || link.href.split("#")[0] === location.href.split("#")[0]) return;
  if (jobs.length) {
    event.preventDefault();
    leave(() => link.click());
  } else if (sheet.contains(link)) leaving = gone;
}

function submitted(event) {
  if (event.target.matches("[hx-post]") || event.target.method !== "post") return;
  if (!jobs.length) return void (leaving = gone);
  event.preventDefault();
  leave(() => event.target.requestSubmit(event.submitter));
}

/** Tell why a key pressed now is not taken; on the page to come too, where it leaves for one. */
function isResting(number) {
  const isResting_ = leaving || jobs.some((job) => job.number === number && job.act === "edit");
  if (isResting_) tell("untaken");
  else hush("untaken");
  if (leaving) sessionStorage.setItem("review-untaken", "1");
  return Boolean(isResting_);
}

/** Tell what became of keys before this page was ready. */
function tellBefore() {
  const unsent = sessionStorage.getItem("review-unsent");
  if (document.documentElement.dataset.tooEarly || sessionStorage.getItem("review-untaken")) tell("untaken");
  if (unsent) tell("unsent", { count: unsent });
  for (const name of ["review-untaken", "review-unsent"]) sessionStorage.removeItem(name);
}

if (sheet) {
  document.addEventListener("click", clicked, true);
  document.addEventListener("submit", submitted, true);
  document.addEventListener("luoshi:back", goOn);
  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (!isOut || jobs[0].xhr || !jobs[0].card.contains(detail.elt)) return;
    jobs[0].xhr = detail.xhr;
    detail.xhr.goesAgain = jobs[0].act !== "mend"; // what is typed is sent again by who typed it
  });
  document.body.addEventListener("htmx:afterRequest", answered);
  document.body.addEventListener("htmx:afterSettle", settled);
  window.addEventListener("beforeunload", (event) => {
    if (!jobs.length || leaving) return;
    event.preventDefault();
    event.returnValue = ""; // what Chromium before 119 asks for
  });
  window.addEventListener("pagehide", () => jobs.length > Number(isOut) && sessionStorage.setItem("review-unsent", jobs.length - Number(isOut)));
  window.addEventListener("pageshow", () => { leaving = null; });
  const pressedIn = () => {}; // reports.js makes it the card at hand
  const isSending = () => isOut && jobs[0].xhr === null;
  window.reviewLine = { put, leave, isResting, isSending, pressedIn, tellBefore, holds: (number) => jobs.some((job) => job.number === number), stay: () => { leaving = null; } };
  document.addEventListener("click", ({ target }) => target.closest("[data-hush]") && (target.closest("[data-told]").hidden = true));
}
