/**
 * The board beyond its links: how many matters are ticked, all of a page at once, the list of keys
 * on «?», and the print button. Without it every verb still works.
 */
const bar = document.querySelector("[data-bulk]");
const ticks = () => Array.from(document.querySelectorAll('.tick[name="matter"]'));

function told() {
  const chosen = ticks().filter((one) => one.checked).length;
  const count = bar.querySelector("[data-bulk-count]");
  count.dataset.before = count.dataset.before || count.textContent;
  count.textContent = chosen ? `${chosen} ${count.dataset.words}` : count.dataset.before;
  bar.toggleAttribute("data-empty", !chosen);
  bar.querySelector("[data-bulk-all] input").checked = chosen > 0 && chosen === ticks().length;
  ticks().forEach((one) => one.closest("tr").classList.toggle("is-ticked", one.checked));
}

if (bar) {
  const all = bar.querySelector("[data-bulk-all]");
  all.hidden = false;
  all.addEventListener("change", (event) => {
    ticks().forEach((one) => { one.checked = event.target.checked; });
    told();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".tick")) told();
  });
  told();
}

const help = document.querySelector("[data-keys-help]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  if (help && help.showModal && !help.open) help.showModal();
});

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
