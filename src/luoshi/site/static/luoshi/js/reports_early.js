/**
 * Note that a key was pressed before a review could take keys: it is told when they work, never
 * guessed. The one script that is not put off, since on a slow machine the keys come before the rest.
 */
document.addEventListener("keydown", (event) => {
  const review = document.querySelector("[data-review]");
  if (!review || review.dataset.ready || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length === 1 && event.target === document.body) document.documentElement.dataset.tooEarly = "1";
});
