/**
 * Keep what is typed: every form with data-draft="KEY" is saved on this device while it is filled in.
 *
 * Kept apart per post (data-actor on <body>), for seven days. Passwords, files and hidden fields are
 * never kept. A form that the server has filled in itself (data-draft-bound) is not overwritten.
 * A page with data-draft-clear="KEY" says the form arrived; a form with data-draft-forget (signing
 * out) clears everything of this device.
 */
const PREFIX = "luoshi.draft.";
const DAYS_KEPT = 7;
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button", "reset"]);
const owner = document.body.dataset.actor || "";

const nameOf = (key) => `${PREFIX}${owner}.${key}`;

/** Run an access to the storage; a browser that refuses it simply keeps no drafts. */
function stored(access) {
  try {
    return access(window.localStorage);
  } catch (refused) {
    return null;
  }
}

const fieldsOf = (form) =>
  Array.from(form.elements).filter((field) => field.name && !SKIPPED.has(field.type));

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

function valuesOf(form) {
  return fieldsOf(form).map((field) =>
    isTick(field)
      ? [field.name, field.value, field.checked]
      : [field.name, field.multiple ? Array.from(field.selectedOptions, (o) => o.value) : field.value],
  );
}

/** Tell whether somebody began to write in a field: on a slow machine, before this ran. */
const isBeingTyped = (field) =>
  field === document.activeElement && "defaultValue" in field && !isTick(field) && field.value !== field.defaultValue;

function fill(form, values) {
  const fields = fieldsOf(form);
  values.forEach(([name, value, checked], place) => {
    const field = fields[place];
    if (!field || field.name !== name || isBeingTyped(field)) return;
    if (isTick(field)) field.checked = field.value === value ? checked : field.checked;
    else if (field.multiple) Array.from(field.options).forEach((o) => { o.selected = value.includes(o.value); });
    else field.value = value;
  });
}

function read(key) {
  const draft = stored((storage) => JSON.parse(storage.getItem(nameOf(key))));
  if (!draft || Date.now() - draft.at > DAYS_KEPT * 86400000) return null;
  return draft;
}

const forget = (key) => stored((storage) => storage.removeItem(nameOf(key)));

function show(form, draft, key, pristine) {
  const notice = form.querySelector("[data-draft-notice]");
  if (!notice) return;
  const moment = notice.querySelector("[data-draft-moment]");
  if (moment) moment.textContent = new Date(draft.at).toLocaleString(document.documentElement.lang);
  notice.hidden = false;
  const discard = notice.querySelector("[data-draft-discard]");
  if (!discard) return;
  discard.addEventListener("click", () => {
    forget(key);
    fill(form, pristine);
    notice.hidden = true;
    const [first] = fieldsOf(form);
    if (first) first.focus();
  });
}

function keep(form) {
  const key = form.dataset.draft;
  const pristine = valuesOf(form);
  const draft = read(key);
  if (draft && !("draftBound" in form.dataset) && JSON.stringify(draft.values) !== JSON.stringify(pristine)) {
    fill(form, draft.values);
    const folded = form.closest("details");
    if (folded) folded.open = true;
    show(form, draft, key, pristine);
  }
  let waiting = 0;
  const save = () => {
    window.clearTimeout(waiting);
    const text = JSON.stringify({ at: Date.now(), values: valuesOf(form) });
    stored((storage) => storage.setItem(nameOf(key), text));
  };
  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 400);
  });
  // Saved once more on sending: should the answer never come, nothing typed is lost.
  form.addEventListener("submit", save);
}

function forgetAll() {
  stored((storage) => {
    Object.keys(storage)
      .filter((name) => name.startsWith(PREFIX))
      .forEach((name) => storage.removeItem(name));
  });
}

document.querySelectorAll("[data-draft-clear]").forEach((mark) => forget(mark.dataset.draftClear));
document.querySelectorAll("form[data-draft]").forEach(keep);
document.querySelectorAll("form[data-draft-forget]").forEach((form) => form.addEventListener("submit", forgetAll));
