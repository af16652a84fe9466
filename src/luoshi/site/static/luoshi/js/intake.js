/**
 * Handing in beyond its forms: says that a sheet is being read, and counts the answers and mended
 * cells of a preview that were not judged again yet. Without it every verb still works.
 */
const handing = document.querySelector("form[data-handing]");
if (handing) {
  handing.addEventListener("submit", () => {
    handing.querySelector("[data-handing-busy]").hidden = false;
    handing.setAttribute("aria-busy", "true");
  });
}

const preview = document.querySelector("form[data-preview]");
const said = preview && preview.querySelector("[data-preview-said]");

/** Tell whether a field holds something else than the page brought. */
function isTouched(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked && (field.type === "checkbox" || field.checked);
  if (field.tagName === "SELECT") return Array.from(field.options).some((one) => one.selected && !one.defaultSelected) && field.selectedIndex !== firstOf(field);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

/** Return which option stood there first: the marked one, else the first of the list. */
function firstOf(select) {
  return Math.max(0, Array.from(select.options).findIndex((one) => one.defaultSelected));
}

function told() {
  const count = Array.from(preview.elements).filter((field) => field.name && field.type !== "hidden" && isTouched(field)).length;
  said.dataset.before = said.dataset.before || said.textContent;
  said.textContent = count ? `${count} ${said.dataset.words}` : said.dataset.before;
  said.toggleAttribute("data-open", count > 0);
}

if (said) {
  preview.addEventListener("input", told);
  preview.addEventListener("change", told);
  told();
}
