/** Menus and cards are <details>: close them on Escape, and when something else is touched. */
const OPEN = "details.menu[open], details.why-card[open]";

document.addEventListener("click", (event) => {
  document.querySelectorAll(OPEN).forEach((one) => {
    if (!one.contains(event.target)) one.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(OPEN).forEach((one) => {
    const had = one.contains(document.activeElement);
    one.open = false;
    if (had) one.querySelector("summary").focus();
  });
});
