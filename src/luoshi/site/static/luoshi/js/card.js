/**
 * The card behind a colour: a[data-card] leads to a page of reasons; with a mouse or the keyboard the
 * same reasons stand in a card beside it, on a touch screen a first tap opens the card. Without
 * JavaScript the link is a link.
 */
const PATIENCE = 200; // milliseconds until a resting pointer asks for the card
const cards = new Map();
const card = document.createElement("div");
card.className = "card";
card.id = "colour-card";
card.hidden = true;
document.body.append(card);
let shownFor = null;
let waiting = 0;

/** Fetch the card of a link once; an empty one where the server does not answer. */
function reasons(link) {
  const address = new URL(link.href);
  address.searchParams.set("card", "1");
  if (!cards.has(address.href)) {
    cards.set(address.href, fetch(address, { credentials: "same-origin" })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
      .catch(() => ""));
  }
  return cards.get(address.href);
}

function place(link) {
  const at = link.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 12);
  const below = at.bottom + 6;
  const fits = below + card.offsetHeight < window.innerHeight;
  card.style.left = `${Math.max(12, left) + window.scrollX}px`;
  card.style.top = `${(fits ? below : Math.max(8, at.top - card.offsetHeight - 6)) + window.scrollY}px`;
}

async function show(link) {
  window.clearTimeout(waiting);
  shownFor = link;
  const words = await reasons(link);
  if (shownFor !== link || !words) return;
  card.innerHTML = words; // our own page part, escaped by its template
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  place(link);
}

function hide() {
  window.clearTimeout(waiting);
  if (shownFor) shownFor.removeAttribute("aria-describedby");
  shownFor = null;
  card.hidden = true;
}

// What the focus opened stays while it is there: a page that scrolls under a resting pointer is no
// wish to leave.
const isHeld = () => shownFor === document.activeElement;
const linkOf = (event) => (event.target.closest ? event.target.closest("a[data-card]") : null);
let touched = false;

document.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch";
  if (!card.hidden && !card.contains(event.target) && !linkOf(event)) hide();
});
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = linkOf(event);
  window.clearTimeout(waiting);
  if (link && link !== shownFor) waiting = window.setTimeout(() => show(link), PATIENCE);
  else if (!link && shownFor && !isHeld() && !card.contains(event.target)) waiting = window.setTimeout(hide, PATIENCE);
});
document.addEventListener("focusin", (event) => {
  const link = linkOf(event);
  if (link && !touched) show(link);
  else if (shownFor && !card.contains(event.target)) hide();
});
document.addEventListener("click", (event) => {
  const link = linkOf(event);
  if (!link || !touched || shownFor === link) return;
  event.preventDefault();
  show(link);
});
document.addEventListener("keydown", (event) => {
  touched = false;
  if (event.key === "Escape") hide();
});
