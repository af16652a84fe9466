/**
 * A form that comes back begins at its first wrong field. Keys for tables with data-keys: j and k walk the rows, Enter opens (the row's link has the focus),
 * x ticks the row, / goes to the search field. Nothing happens while someone is typing.
 */
const rowsOf = (table) =>
  Array.from(table.querySelectorAll("tbody tr")).filter((row) => row.querySelector("a[href]"));

const linkOf = (row) => row.querySelector("[data-row-link]") || row.querySelector("a[href]");

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Move the focus by `step` rows; from outside the table, j enters at the first row, k at the last. */
function walk(table, step) {
  const rows = rowsOf(table);
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step;
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
  linkOf(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function tick(table) {
  const row = rowsOf(table).find((one) => one.contains(document.activeElement));
  const box = row && row.querySelector("input[type=checkbox]");
  if (box) box.click();
}

function search() {
  const field = document.querySelector("[data-search]");
  if (field) field.focus();
  return Boolean(field);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target)) return;
  const table = document.querySelector("table[data-keys]");
  if (event.key === "/") {
    if (search()) event.preventDefault();
  } else if (table && event.key === "j") walk(table, 1);
  else if (table && event.key === "k") walk(table, -1);
  else if (table && event.key === "x") tick(table);
});

/** Tell whether somebody went to a field before this ran: on a slow machine the scripts come last. */
function isTaken(field) {
  return isTyping(field) && (!field.autofocus || field.value !== field.defaultValue);
}

const wrong = document.querySelector(".field.has-error :is(input, select, textarea):not([type=hidden])");
if (wrong && !isTaken(document.activeElement)) wrong.focus();
