// Charts: drawn as SVG, whose colours are variables of the style sheet.
const chartTheme = JSON.parse(document.getElementById("chart-theme").textContent);
const tooltip = document.getElementById("tooltip");
const views = new Map();

function widthsOf(plots) {
  // a hidden sheet has no width: show all for the length of a measurement, which paints nothing
  const hidden = [...document.querySelectorAll("[role=tabpanel][hidden]")];
  hidden.forEach((sheet) => { sheet.hidden = false; });
  const widths = plots.map((plot) => plot.clientWidth);
  hidden.forEach((sheet) => { sheet.hidden = true; });
  return widths;
}

function configFor(width) {
  const config = structuredClone(chartTheme);
  config.font = getComputedStyle(document.body).fontFamily;
  config.axis.labelLimit = Math.min(config.axis.labelLimit, width * 0.4);
  return config;
}

function showTooltip(handler, event, item, value) {
  tooltip.hidden = value === null || value === undefined || value === "";
  if (tooltip.hidden) return;
  const lines = typeof value === "object" ? Object.entries(value) : [["", value]];
  tooltip.replaceChildren(...lines.map(([name, text]) => {
    const line = document.createElement("div");
    line.textContent = name.trim() ? `${name}: ${text}` : text;
    return line;
  }));
  const left = Math.min(event.clientX + 14, window.innerWidth - tooltip.offsetWidth - 8);
  tooltip.style.left = `${Math.max(left, 8)}px`;
  tooltip.style.top = `${event.clientY + 16}px`;
}

async function draw(plot, width) {
  const spec = JSON.parse(plot.parentElement.querySelector("script.spec").textContent);
  spec.width = width;
  const options = { actions: false, renderer: "svg", defaultStyle: false, ast: false };
  // the words stand on the plot itself: Vega would write its own over them
  const picture = document.createElement("div");
  picture.setAttribute("aria-hidden", "true");
  plot.append(picture);
  const { view } = await vegaEmbed(picture, spec, {
    ...options, config: configFor(width), tooltip: showTooltip,
  });
  views.set(plot, view);
  plot.dataset.drawn = "yes";
}

async function drawAll() {
  const plots = [...document.querySelectorAll(".plot")];
  const widths = widthsOf(plots);
  for (const [place, plot] of plots.entries()) {
    await draw(plot, widths[place]);
    // let the page answer the reader between two charts
    if (place % 4 === 3) await new Promise((go) => { setTimeout(go); });
  }
  root.dataset.charts = "drawn";
}

let resizing;
let lastWidth = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === lastWidth) return;
  lastWidth = window.innerWidth;
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    const plots = [...views.keys()];
    const widths = widthsOf(plots);
    plots.forEach((plot, place) => views.get(plot).width(widths[place]).runAsync());
  }, 150);
});

drawAll();
