// Draws one figure and keeps it right: size, theme, settings.

const CHART_CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
};

function wrapWords(text, width) {
  return wrapLines(text, width).join("<br>");
}

function categoriesOf(data) {
  const names = [];
  for (const trace of data) {
    const values = Array.isArray(trace.y) ? trace.y : [];
    if (values.some((value) => typeof value !== "string")) return [];
    for (const value of values) if (!names.includes(value)) names.push(value);
  }
  return names;
}

// Long clinical names stay whole. On a wide page they wrap at the left of their row; on a
// narrow one they stand above it, so that the marks keep the full width.
function namedRows(layout, data, width, size) {
  const axis = layout.yaxis;
  if (axis.ticktext || axis.visible === false) return;
  const names = categoriesOf(data);
  if (!names.length) return;
  const narrow = width < NARROW;
  layout.height = layout.height || 90 + names.length * 36;
  const limit = narrow ? Math.floor(width / (size * 0.6)) : 30;
  const texts = names.map((name) => wrapWords(name, limit));
  if (!narrow) return Object.assign(axis, { tickvals: names, ticktext: texts });
  const lines = Math.max(...texts.map((text) => text.split("<br>").length));
  axis.showticklabels = false;
  layout.annotations = [...(layout.annotations || []), ...names.map((name, row) => rowName(name, texts[row]))];
  layout.bargap = Math.max(layout.bargap || 0, 0.7);
  layout.margin = { ...layout.margin, t: 12 + (lines - 1) * size * 1.3 };
  layout.height = Math.max(layout.height, 110 + names.length * (34 + lines * size * 1.3));
}

function rowName(name, text) {
  const place = { x: 0, xref: "paper", xanchor: "left", y: name, yref: "y", yanchor: "bottom", yshift: 9 };
  return { ...place, text, align: "left", showarrow: false };
}

function shortAxis(axis, width, size) {
  if (axis.title.text) axis.title.text = wrapWords(axis.title.text, Math.floor(axisRoom(width) / (size * 0.6)));
  if (width >= NARROW) return;
  axis.tickangle = axis.tickangle ?? 0;
  axis.nticks = axis.nticks ?? Math.max(3, Math.floor(width / 70));
}

// On a wide page the names at the left take a part of the width.
function axisRoom(width) {
  return width < NARROW ? width : width * 0.6;
}

// Labels to the right of a mark need room beyond the last one.
function roomForLabels(layout, data, width, size) {
  const outside = data.filter((trace) => /right$|outside/.test(trace.textposition || ""));
  const texts = outside.flatMap((trace) => (Array.isArray(trace.text) ? trace.text : []));
  const longest = Math.max(0, ...texts.map((text) => String(text).length));
  if (!longest) return;
  const room = Math.min(Math.round(longest * size * 0.6) + 14, Math.round(width * 0.35));
  layout.margin = { ...layout.margin, r: Math.max(layout.margin?.r || 0, room) };
}

function faded(colour, share) {
  const parts = colour.match(/[\d.]+/g) || ["128", "128", "128"];
  return `rgba(${parts.slice(0, 3).join(",")},${share})`;
}

function themedAxis(axis, ink, line, size) {
  const title = { ...axis.title, font: { size, ...axis.title?.font } };
  return { gridcolor: line, linecolor: line, zerolinecolor: ink, ...axis, title };
}

// Reading these makes the browser lay out the page, so it is done when they may have
// changed and not for each figure.
function readLook(element) {
  const style = getComputedStyle(element);
  return {
    width: Math.floor(element.clientWidth),
    ink: style.color,
    surface: style.getPropertyValue("--cal-surface").trim(),
    family: style.fontFamily,
    size: parseFloat(style.fontSize),
    strong: document.documentElement.dataset.calContrast === "high",
  };
}

// Data and layout for this page: size, theme and place of the words.
function themed(figure, { width, ink, surface, family, size, strong }) {
  const line = faded(ink, strong ? 0.45 : 0.16);
  const { data, layout = {} } = structuredClone(figure);
  layout.font = { family, size, ...layout.font, color: ink };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d+$/.test(key));
  for (const key of ["xaxis", "yaxis", ...axes]) {
    layout[key] = themedAxis(layout[key] || {}, ink, line, size);
  }
  shortAxis(layout.xaxis, width, size);
  if (!listedRows(layout, data, width, size)) {
    namedRows(layout, data, width, size);
    roomForLabels(layout, data, width, size);
  }
  pictureAbove(layout, width);
  layout.hoverlabel = { bgcolor: surface, font: { color: ink }, ...layout.hoverlabel };
  layout.width = width;
  layout.autosize = false;
  return { data, layout };
}

function createChart(model, holder, onFailure) {
  const plot = make("div", "cal-plot");
  plot.setAttribute("aria-hidden", "true");
  holder.append(plot);
  let figure = null;
  let look = null;
  let queued = false;
  let gone = false;
  let library = null;

  async function draw() {
    if (!figure) return;
    if (!look?.width) look = readLook(holder);
    if (!look.width) return;
    try {
      const Plotly = await loadPlotly(model);
      if (gone) return;
      library = Plotly;
      const { data, layout } = themed(figure, look);
      holder.style.minHeight = `${layout.height || 0}px`;
      await Plotly.react(plot, data, layout, CHART_CONFIG);
      if (gone) return library.purge(plot);
      titleShapes(plot, layout);
      onFailure(false);
    } catch (error) {
      console.error("calcinosis: chart not drawn", error);
      onFailure(true);
    }
  }

  function lookAgain() {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      const before = JSON.stringify(look);
      look = readLook(holder);
      if (JSON.stringify(look) !== before) draw();
    });
  }

  const resized = new ResizeObserver(lookAgain);
  resized.observe(holder);
  const rethemed = new MutationObserver(lookAgain);
  rethemed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-name", "data-jp-theme-light", "class"] });
  window.addEventListener("calcinosis-settings", lookAgain);
  const colours = window.matchMedia("(forced-colors: active)");
  colours.addEventListener("change", lookAgain);

  return {
    show(next) {
      figure = next;
      return draw();
    },
    remove() {
      gone = true;
      resized.disconnect();
      rethemed.disconnect();
      window.removeEventListener("calcinosis-settings", lookAgain);
      colours.removeEventListener("change", lookAgain);
      library?.purge(plot);
    },
  };
}
