// Charts with one listed row per name. Python lists them as the ticks of a category axis (id and
// text, headings in bold); here each row gets the height that its words need on this page. On a
// wide page the words stand at the left edge; on a narrow one above the marks, which so keep the
// full width. Imports nothing: joined before chart.js.

const NARROW = 520;
const NAMES = { share: 0.36, most: 330 };

function wrapLines(text, width) {
  const lines = [""];
  for (const word of String(text).split(" ")) {
    const last = lines[lines.length - 1];
    const letters = last.replace(/<[^>]+>/g, "").length + word.replace(/<[^>]+>/g, "").length;
    if (last && letters >= width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function isListed(axis) {
  return Boolean(axis?.ticktext) && (axis.tickvals || []).every((id) => typeof id === "string");
}

function placeRows(axis, { narrow, letters, line, under }) {
  const rows = new Map();
  let edge = 0;
  axis.tickvals.forEach((id, index) => {
    const text = axis.ticktext[index];
    const heading = text.startsWith("<b>");
    const lines = wrapLines(text.replace(/<\/?b>/g, ""), heading ? letters.heading : letters.row);
    const words = lines.length * line;
    const mark = narrow && !heading ? line * 1.15 : 0;
    const above = heading && index ? line * 0.7 : 0;
    const height = above + Math.max(words + mark + line * 0.35, heading ? 0 : line * 1.7) + (heading ? 0 : under);
    const middle = edge + above + (height - above - under * !heading) / 2;
    const bold = lines.map((part) => (heading ? `<b>${part}</b>` : part)).join("<br>");
    rows.set(id, {
      text: bold,
      heading,
      top: edge + above * 0.4,
      words: narrow ? edge + above + words / 2 + line * 0.1 : middle,
      mark: narrow && !heading ? edge + words + line * 0.75 : middle,
    });
    edge += height;
  });
  return { rows, height: edge };
}

// All that names a row by its id is moved to the place of the row.
function moveToRows(layout, data, rows) {
  for (const trace of data) {
    if (Array.isArray(trace.y)) trace.y = trace.y.map((id) => rows.get(id)?.mark ?? null);
    if (trace.type === "bar") trace.width = trace.y.map(() => 14);
  }
  for (const shape of layout.shapes || []) {
    for (const end of ["y0", "y1"]) if (rows.has(shape[end])) shape[end] = rows.get(shape[end]).top;
  }
}

function nameTrace(rows) {
  const all = [...rows.values()];
  return {
    type: "scatter", mode: "text", xaxis: "x2", yaxis: "y", hoverinfo: "skip", showlegend: false,
    cliponaxis: false, textposition: "middle right",
    x: all.map(() => 0), y: all.map((row) => row.words), text: all.map((row) => row.text),
  };
}

// Heads of columns stand over their column, broken to its width.
function columnHeads(axis, width, size) {
  const count = axis.tickvals.length;
  const small = Math.min(size, Math.max(11, width / count / 6.5));
  const heads = axis.ticktext.map((text) => wrapLines(text, Math.floor(width / count / (small * 0.56))));
  axis.ticktext = heads.map((lines) => lines.join("<br>"));
  axis.tickfont = { size: small };
  return Math.max(...heads.map((lines) => lines.length)) * small * 1.3 + 10;
}

function legendLines(data, width, size) {
  const names = data.filter((trace) => trace.showlegend !== false && trace.name).map((trace) => trace.name.length * size * 0.56 + 50);
  let lines = names.length ? 1 : 0;
  let used = 0;
  for (const name of names) {
    if (used && used + name > width) [lines, used] = [lines + 1, 0];
    used += name;
  }
  return lines;
}

// Lays the rows out; true if the chart has listed rows.
function listedRows(layout, data, width, size) {
  const axis = layout.yaxis;
  if (!isListed(axis)) return false;
  const narrow = width < NARROW;
  const column = narrow ? 0 : Math.min(width * NAMES.share, NAMES.most);
  const line = size * 1.3;
  const letters = { row: Math.floor((narrow ? width : column - 14) / (size * 0.53)), heading: Math.floor(width / (size * 0.6)) };
  const under = data.some((trace) => /^bottom/.test(trace.textposition || "")) ? line * 0.9 : 0;
  const { rows, height } = placeRows(axis, { narrow, letters, line, under });
  moveToRows(layout, data, rows);
  data.push(nameTrace(rows));
  roomForLabels(layout, data, width, size);
  const right = layout.margin?.r ?? 8;
  const heads = isListed(layout.xaxis)
    ? columnHeads(layout.xaxis, width - column - right, size)
    : line * (layout.xaxis.title?.text ? 2.6 : 1.2);
  const shown = [...rows.values()].filter((row) => !row.heading);
  layout.yaxis = {
    ...axis, type: "linear", range: [height, 0], tickvals: shown.map((row) => row.mark), showticklabels: false, automargin: false,
  };
  delete layout.yaxis.ticktext;
  delete layout.yaxis.categoryarray;
  layout.xaxis = { ...layout.xaxis, domain: [column / (width - right), 1], automargin: false };
  layout.xaxis2 = { domain: [0, 1], range: [0, 1], visible: false, fixedrange: true, anchor: "y" };
  const legend = layout.showlegend ? legendLines(data, width, size) * line * 1.15 + 8 : 0;
  layout.legend = { ...layout.legend, y: 1 + heads / height, yanchor: "bottom", x: 0 };
  layout.margin = { ...layout.margin, l: 0, r: right, t: heads + legend, b: 6, autoexpand: false };
  layout.height = height + heads + legend + 6;
  return true;
}
