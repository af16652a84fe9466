/**
 * Days as people type them: 2026-6-30, 2026/6/30, 20260630, 2026年6月30日, 6月30日, 2026年6月, 6月底, 年底, 今天.
 *
 * An input with data-day is turned into an ISO day on leaving it and before sending. Where the year
 * is missing, the year of data-day (an ISO day) is taken; a month alone means its last day. What is
 * not understood is left as typed: the server reads the same forms and answers in words.
 * Beside the field a calendar opens from the icon (data-day-pick holds the name read aloud).
 */
const PATTERNS = [
  /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})$/,
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  /^(?:(?<y>\d{4})年)?(?<m>\d{1,2})月(?<d>\d{1,2})[日号]?$/,
  /^(?:(?<y>\d{4})年)?(?<m>\d{1,2})月(?:底|末)?$/,
  /^(?:(?<y>\d{4})年)?(?<end>年?[底末])$/,
];

const pad = (number, width) => String(number).padStart(width, "0");

/** Return the ISO day, or null where there is no such day (2026-02-30, 年份 0017). */
function iso(year, month, day) {
  if (year < 1900 || month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const chosen = day === null ? last : day;
  return chosen < 1 || chosen > last ? null : `${pad(year, 4)}-${pad(month, 2)}-${pad(chosen, 2)}`;
}

/** Return the ISO day that `text` names, or null; `base` is the ISO day that supplies a missing year. */
export function dayOf(text, base) {
  const typed = text.normalize("NFKC").replace(/\s+/g, "");
  if (["今天", "今日", "today"].includes(typed.toLowerCase())) return base || null;
  const found = PATTERNS.map((pattern) => pattern.exec(typed)).find(Boolean);
  if (!found) return null;
  const { y, m, d, end } = found.groups;
  const year = y ? Number(y) : Number((base || "").slice(0, 4));
  if (end) return iso(year, 12, 31);
  return iso(year, Number(m), d ? Number(d) : null);
}

function settle(field) {
  const day = dayOf(field.value, field.dataset.day);
  if (day) field.value = day;
  return day;
}

/** Add a calendar over the icon beside the field; choosing a day there fills the field. */
function addCalendar(field, mayAutoSend) {
  const icon = field.parentElement.querySelector("[data-day-pick]");
  if (!icon) return;
  const picker = document.createElement("input");
  picker.type = "date";
  picker.className = "day__pick";
  picker.tabIndex = -1;
  picker.setAttribute("aria-label", icon.dataset.dayPick);
  picker.value = dayOf(field.value, field.dataset.day) || "";
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (mayAutoSend && field.form) field.form.requestSubmit();
  });
  icon.append(picker);
}

document.querySelectorAll("input[data-day]").forEach((field) => {
  field.addEventListener("change", () => settle(field));
  if (field.form) field.form.addEventListener("submit", () => settle(field));
  addCalendar(field, "daySend" in field.dataset);
});
