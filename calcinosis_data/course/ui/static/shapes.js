// Pictures drawn with the shapes of a chart: room for one above the rows, and names for its parts.
// Imports nothing: joined before chart.js.

const SHORT_LABELS = 700;
const PICTURE = { scale: 1.3, labels: { short: 24, long: 215 }, below: 14 };

// A picture stands above listed rows. `layout.meta.picture` says how many of its own units it
// takes; here it gets as many pixels as the width allows, beside its labels. On a narrow page a
// label keeps only its short form, which stands in its name.
function pictureAbove(layout, width) {
  const picture = layout.meta?.picture;
  if (!picture) return;
  const short = width < SHORT_LABELS;
  for (const label of layout.annotations) if (short && label.name) label.text = label.name;
  const beside = short ? PICTURE.labels.short : PICTURE.labels.long;
  const scale = Math.max(0.1, Math.min(PICTURE.scale, (width - 2 * beside) / picture.across));
  const above = picture.down * scale + PICTURE.below;
  const { t, b, r } = layout.margin;
  const rows = layout.height - t - b;
  const height = rows + t + above;
  // What stood at the top of the whole, such as the title of the axis, stays above the rows.
  for (const text of layout.annotations) if (text.yref === "paper") text.y *= rows / height;
  for (const axis of ["xaxis", "xaxis2"]) {
    layout[axis].domain = layout[axis].domain.map((end) => (end * (width - r)) / width);
  }
  for (const axis of ["yaxis", "yaxis2"]) layout[axis].domain = [0, rows / height];
  const half = width / scale / 2;
  layout.xaxis3 = { ...layout.xaxis3, domain: [0, 1], range: [-half, half] };
  layout.yaxis3 = { ...layout.yaxis3, domain: [1 - (picture.down * scale) / height, 1], scaleanchor: undefined };
  layout.margin = { ...layout.margin, l: 0, r: 0, t: 0 };
  layout.height = height + b;
}

// Gives each drawn shape that has a name a <title>, which the pointer shows.
function titleShapes(plot, layout) {
  for (const drawn of plot.querySelectorAll(".shapelayer path[data-index]")) {
    const name = layout.shapes?.[Number(drawn.dataset.index)]?.name;
    if (!name || drawn.querySelector("title")) continue;
    const title = document.createElementNS(drawn.namespaceURI, "title");
    title.textContent = name;
    drawn.append(title);
    drawn.style.pointerEvents = "all";
  }
}
