/**
 * Keep chosen files over a form that comes back: nobody chooses them again because a day was wrong.
 *
 * A browser empties file inputs on every page. So what is chosen is kept on this device, for this tab
 * alone, until the next page: where that is the same form with something to mend (data-files-again
 * beside the input), it is put back; any other page of the tab throws it away, and so does an hour.
 * An input whose files are kept says so (data-kept).
 */
const STORE = "files";
const LONGEST = 3600000; // milliseconds
const TAB = "luoshi.tab";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Return the store; a browser that refuses it rejects, and the files are simply not kept. */
async function store() {
  const opening = indexedDB.open("luoshi", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return (await done(opening)).transaction(STORE, "readwrite").objectStore(STORE);
}

function tab() {
  const known = sessionStorage.getItem(TAB) || `${Date.now()}-${Math.random()}`;
  sessionStorage.setItem(TAB, known);
  return known;
}

const keyOf = (input) => [tab(), document.body.dataset.actor || "", location.pathname, input.name].join("|");

async function keep(input) {
  const files = Array.from(input.files);
  const kept = await store();
  if (files.length) await done(kept.put({ at: Date.now(), files }, keyOf(input)));
  else await done(kept.delete(keyOf(input)));
  input.dataset.kept = files.length ? "yes" : "";
}

async function putBack(mark) {
  const input = mark.closest(".field").querySelector("input[type=file]");
  const found = await done((await store()).get(keyOf(input)));
  if (!found) return;
  const chosen = new DataTransfer();
  found.files.forEach((file) => chosen.items.add(file));
  input.files = chosen.files;
  mark.textContent = mark.dataset.filesAgain + found.files.map((file) => file.name).join("、");
}

/** Throw away what is old, and what this tab kept where `ours` is asked for. */
async function forget(ours) {
  const kept = await store();
  const walk = kept.openCursor();
  walk.onsuccess = () => {
    const at = walk.result;
    if (!at) return;
    if ((ours && at.key.startsWith(`${tab()}|`)) || Date.now() - at.value.at > LONGEST) at.delete();
    at.continue();
  };
}

const quietly = (work) => work.catch(() => {});
const marks = document.querySelectorAll("[data-files-again]");
quietly(forget(!marks.length));
marks.forEach((mark) => quietly(putBack(mark)));
document.querySelectorAll("input[type=file]").forEach((input) => {
  if (input.files.length) quietly(keep(input)); // chosen before this ran, on a slow machine
  input.addEventListener("change", () => quietly(keep(input)));
});
