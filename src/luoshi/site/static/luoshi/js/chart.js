/**
 * Draw [data-chart="ID"] from the ECharts option in <script type="application/json" id="ID">.
 *
 * Options name colours by token: the string "var(--red)" becomes the value of that token, so a chart
 * follows the light, wall and elder sets. The table of figures beside the chart is folded away once
 * the drawing stands; without JavaScript it stays open.
 */
const tokens = window.getComputedStyle(document.documentElement);
const token = (name) => tokens.getPropertyValue(name).trim();
const TYPE = 13; // pixels of the smallest type on the light set, for which options give their sizes
const BODY = 14; // pixels of the page's own type on that set
const ENTRY = 84; // pixels that one name of a legend takes, with its sign and the gap behind it
const ROW = 36; // pixels that one row of a legend takes
const PAPER = 680; // pixels between the margins of an upright A4
const scale = Math.max(1, parseFloat(window.getComputedStyle(document.body).fontSize) / BODY || 1);

/** Return the option with every "var(--name)" replaced by that token's value. */
function coloured(value) {
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner)]));
  }
  const named = typeof value === "string" && /^var\((--[\w-]+)\)$/.exec(value);
  return named ? token(named[1]) : value;
}

function theme() {
  const axis = {
    axisLine: { lineStyle: { color: token("--rule-strong") } },
    axisTick: { show: false },
    axisLabel: { color: token("--ink-2"), fontSize: TYPE },
    nameTextStyle: { color: token("--ink-2"), fontSize: TYPE },
    splitLine: { lineStyle: { color: token("--rule") } },
  };
  return {
    color: ["--action", "--ink-2", "--green", "--yellow", "--red", "--blue"].map(token),
    textStyle: { fontFamily: token("--face"), fontSize: TYPE, color: token("--ink") },
    legend: { textStyle: { color: token("--ink-2"), fontSize: TYPE }, itemGap: 20 },
    categoryAxis: { ...axis, splitLine: { show: false } },
    // A month beside its neighbour's last week would be written over it.
    timeAxis: { ...axis, axisLabel: { ...axis.axisLabel, hideOverlap: true }, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
  };
}

// Rich text is drawn on the canvas: an HTML tooltip would need inline styles, which the pages forbid.
const TOOLTIP = () => ({
  renderMode: "richText",
  backgroundColor: token("--surface"),
  borderColor: token("--rule-strong"),
  textStyle: { color: token("--ink"), fontSize: TYPE },
});

/** Return where the drawing stands: below a legend that takes several rows on a narrow screen. */
function belowLegend({ grid, legend }, width) {
  if (!legend?.data) return grid;
  const rows = Math.ceil((legend.data.length * ENTRY) / Math.max(1, width));
  return { ...grid, top: grid.top + Math.max(0, rows - 1) * ROW };
}

function draw(place) {
  const source = document.getElementById(place.dataset.chart);
  if (!source || !window.echarts) return;
  const option = coloured(JSON.parse(source.textContent));
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.hidden = false;
  // Larger sets (wall, elder) draw everything larger, not the type alone.
  if (scale > 1) place.style.zoom = scale;
  if (place.dataset.height) place.style.height = `${place.dataset.height}px`;
  const chart = window.echarts.init(place, theme(), { devicePixelRatio: Math.max(2, window.devicePixelRatio) });
  const placed = () => ({ grid: belowLegend(option, chart.getWidth()) });
  chart.setOption({
    animation: !still, animationDuration: 300, ...option, ...placed(),
    tooltip: { ...TOOLTIP(), ...option.tooltip },
  });
  window.addEventListener("resize", () => {
    chart.resize();
    if (option.legend?.data) chart.setOption(placed());
  });
  // Print begins before the page is laid out for the paper: its width is said here.
  window.addEventListener("beforeprint", () => {
    chart.resize({ width: Math.min(PAPER, chart.getWidth()) });
    chart.getZr().flush();
  });
  window.addEventListener("afterprint", () => chart.resize({ width: "auto" }));
  const figure = place.closest(".chart");
  const figures = figure && figure.querySelector("[data-chart-figures]");
  if (figures) figures.open = false;
}

document.querySelectorAll("[data-chart]").forEach(draw);
