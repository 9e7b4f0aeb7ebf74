// Draws every <div class="figure__chart" data-chart="ID"> from <script type="application/json" id="ID">, a figure
// {data, layout} made in Python (static/vendor/plotly draws). Colours follow the theme, dark mode included.

const theme = getComputedStyle(document.documentElement);
const colour = (name) => theme.getPropertyValue(name).trim();
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function axis() {
  const line = colour("--chart-grid");
  return {
    gridcolor: line,
    zerolinecolor: line,
    linecolor: colour("--line-control"),
    tickcolor: colour("--line-control"),
    automargin: true,
  };
}

// Our colours under what the figure itself says.
function themed(layout) {
  const known = { ...layout };
  for (const name of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
    known[name] = { ...axis(), ...layout[name] };
  }
  return {
    xaxis: axis(),
    yaxis: axis(),
    margin: { l: 56, r: 16, t: 24, b: 48 },
    separators: language === "nl" ? ",." : ".,",
    colorway: [colour("--chart-1"), colour("--chart-2"), colour("--chart-3")],
    legend: { orientation: "h", y: -0.2 },
    hovermode: "closest",
    dragmode: false,
    ...known,
    font: { ...layout.font, family: colour("--font"), size: 14, color: colour("--ink") },
    paper_bgcolor: colour("--card"),
    plot_bgcolor: colour("--card"),
    hoverlabel: { bgcolor: colour("--card"), bordercolor: colour("--line-control"), font: { color: colour("--ink") } },
  };
}

// A figure may name a colour of the theme: "theme:covered-line" becomes the value of --covered-line.
function withColours(value) {
  if (typeof value === "string") return value.startsWith("theme:") ? colour(`--${value.slice(6)}`) : value;
  if (Array.isArray(value)) return value.map(withColours);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withColours(inner)]));
  }
  return value;
}

const language = document.documentElement.lang;

// Names of days and months in the language of the page, from the browser itself.
function registerLanguage() {
  const names = (count, options, at) =>
    Array.from({ length: count }, (_, n) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(at(n)));
  const day = (n) => new Date(Date.UTC(2023, 0, 1 + n)); // 1 January 2023 was a Sunday
  const month = (n) => new Date(Date.UTC(2023, n, 15));
  window.Plotly.register({
    moduleType: "locale",
    name: language,
    dictionary: {},
    format: {
      days: names(7, { weekday: "long" }, day),
      shortDays: names(7, { weekday: "short" }, day),
      months: names(12, { month: "long" }, month),
      shortMonths: names(12, { month: "short" }, month),
      date: "%d-%m-%Y",
    },
  });
}

const CONFIG = {
  responsive: true,
  displaylogo: false,
  displayModeBar: false,
  scrollZoom: false,
  locale: language,
};

async function draw(place) {
  const source = document.getElementById(place.dataset.chart);
  if (!source || !window.Plotly) return;
  const figure = withColours(JSON.parse(source.textContent));
  place.replaceChildren();
  await window.Plotly.newPlot(place, figure.data, themed(figure.layout ?? {}), CONFIG);
  if (place.classList.contains("figure__chart--drawn")) return;
  place.classList.add("figure__chart--drawn");
  foldTwin(place);
  offerDownload(place);
}

// The table that says the same is open for those who get no chart.
function foldTwin(place) {
  const twin = document.querySelector(`[data-table-twin="${CSS.escape(place.dataset.chart)}"]`);
  if (twin) twin.open = false;
}

function offerDownload(place) {
  const tools = document.querySelector(`[data-chart-tools="${CSS.escape(place.dataset.chart)}"]`);
  if (!tools) return;
  tools.hidden = false;
  for (const button of tools.querySelectorAll("[data-chart-download]")) {
    button.addEventListener("click", () => download(place, button.dataset.chartDownload));
  }
}

// plotly.js would make the PNG from a blob: address, which the policy refuses; a data: address is allowed.
async function download(place, format) {
  const { width, height } = place.getBoundingClientRect();
  const address = await window.Plotly.toImage(place, { format: "svg", width, height });
  const svg = new Blob([decodeURIComponent(address.slice(address.indexOf(",") + 1))], { type: "image/svg+xml" });
  offer(format === "svg" ? svg : await painted(address, width, height), `${place.dataset.name}.${format}`);
}

async function painted(address, width, height) {
  const sharpness = 2;
  const image = new Image(width, height);
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * sharpness;
  canvas.height = height * sharpness;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
if (window.Plotly) {
  registerLanguage();
  drawAll();
}
dark.addEventListener("change", drawAll);
