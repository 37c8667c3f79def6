// Charts with one listed row per name. Python lists them as the ticks of a category axis (id and
// text, headings in bold); here each row gets the height that its words need on this page. On a
// wide page the words stand at the left edge; on a narrow one above the marks, which so keep the
// full width. Imports nothing: joined before chart.js.

const NARROW = 520;
const SMALLEST_WORDS = 9.5;
const BAR = 20;
const NAMES = { share: 0.36, most: 330 };

// Breaks between words, and at the hyphens of a word that is longer than a line.
function wrapLines(text, width) {
  const letters = (part) => part.replace(/<[^>]+>/g, "").length;
  const lines = [""];
  for (const word of String(text).split(" ")) {
    const parts = letters(word) > width ? word.split(/(?<=-)/) : [word];
    parts.forEach((part, index) => {
      const last = lines[lines.length - 1];
      if (last && letters(last) + letters(part) >= width) lines.push(part);
      else lines[lines.length - 1] = last && !index ? `${last} ${part}` : last + part;
    });
  }
  return lines;
}

function isListed(axis) {
  return Boolean(axis?.ticktext) && (axis.tickvals || []).every((id) => typeof id === "string");
}

function hasWordsUnder(trace) {
  return /text/.test(trace.mode || "") && /^bottom/.test(trace.textposition || "");
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
    if (trace.type === "bar") trace.width = trace.y.map(() => BAR);
  }
  for (const shape of layout.shapes || []) {
    for (const end of ["y0", "y1"]) if (rows.has(shape[end])) shape[end] = rows.get(shape[end]).top;
  }
}

// A part of a bar that is too narrow for its number goes without it.
function roomInParts(data, perUnit, size) {
  for (const bar of data.filter((trace) => trace.type === "bar" && Array.isArray(trace.text))) {
    bar.text = bar.text.map((text, index) => (bar.x[index] * perUnit < text.length * size * 0.5 + 3 ? "" : text));
  }
}

// The names have axes of their own, which reach from edge to edge and draw no lines.
function nameTrace(rows) {
  const all = [...rows.values()];
  return {
    type: "scatter", mode: "text", xaxis: "x2", yaxis: "y2", hoverinfo: "skip", showlegend: false,
    cliponaxis: false, textposition: "middle right",
    x: all.map(() => 0), y: all.map((row) => row.words), text: all.map((row) => row.text),
  };
}

// Heads of columns stand over their column, broken to its width, or slanted where a word is wider.
function columnHeads(axis, width, size) {
  const each = width / axis.tickvals.length;
  const small = Math.min(size, Math.max(11, each / 7));
  const letter = small * 0.58;
  const heads = axis.ticktext.map((text) => wrapLines(text, Math.floor(each / letter)));
  const word = Math.max(...heads.flat().map((text) => text.length)) * letter;
  axis.tickfont = { size: small };
  if (word <= each) {
    axis.ticktext = heads.map((lines) => lines.join("<br>"));
    return { height: Math.max(...heads.map((lines) => lines.length)) * small * 1.3 + 10, beyond: 0 };
  }
  const longest = Math.max(...axis.ticktext.map((text) => text.length)) * letter;
  axis.tickangle = -60;
  return { height: longest * 0.87 + small + 8, beyond: Math.max(0, longest * 0.5 + small - each / 2) };
}

// plotly puts the entries of a legend side by side, or in columns as wide as the widest.
function legendLines(data, width, size) {
  const named = data.filter((trace) => trace.showlegend !== false && trace.name);
  const widths = named.map((trace) => trace.name.length * size * 0.56 + 46);
  if (widths.reduce((sum, one) => sum + one, 0) <= width) return Math.min(1, widths.length);
  return Math.ceil(widths.length / Math.max(1, Math.floor(width / Math.max(...widths))));
}

// Words under the marks keep to their column. Where they cannot, the shape says the same.
function smallWords(data, each, size) {
  const traces = data.filter(hasWordsUnder);
  const longest = Math.max(1, ...traces.flatMap((trace) => trace.text.map((text) => String(text).length)));
  const fitting = Math.min(size * 0.9, each / longest / 0.57);
  for (const trace of traces) {
    if (fitting < SMALLEST_WORDS) trace.mode = "markers";
    else trace.textfont = { size: fitting };
  }
}

// Room above the rows for the heads of columns, or for the axis and its title.
function headRoom(layout, data, width, size) {
  if (isListed(layout.xaxis)) {
    smallWords(data, width / layout.xaxis.tickvals.length, size);
    return columnHeads(layout.xaxis, width, size);
  }
  const ticks = layout.xaxis.showticklabels === false ? 0.4 : 2;
  return { height: size * ticks + axisTitle(layout, width, size, ticks), beyond: 0 };
}

// The title of the axis begins where the axis does; returns the height it takes.
function axisTitle(layout, width, size, above) {
  const said = (layout.xaxis.title?.text || "").replaceAll("<br>", " ");
  if (!said) return 0;
  const lines = wrapLines(said, Math.floor(width / (size * 0.56)));
  layout.xaxis.title = { text: "" };
  const place = { xref: "x domain", x: 0, xanchor: "left", yref: "paper", y: 1, yanchor: "bottom", yshift: size * (above - 0.1) };
  layout.annotations = [...(layout.annotations || []), { ...place, text: lines.join("<br>"), align: "left", showarrow: false }];
  return lines.length * size * 1.4;
}

// Words beside a mark need room only as far as they reach beyond the end of the axis.
function roomBeside(layout, data, width, size) {
  const end = layout.xaxis.range?.[1];
  let plot = width - 8;
  for (const trace of data.filter((one) => one.mode === "text" && one.visible !== false && end)) {
    trace.text.forEach((text, index) => {
      const share = Number(trace.x[index]) / end;
      if (share > 0) plot = Math.min(plot, (width - text.length * size * 0.56) / share);
    });
  }
  return Math.round(width - Math.max(plot, width * 0.4));
}

// A percent axis begins a little to the right where no names stand, so that its "0%" is whole.
function edges(layout, data, width, size) {
  if (isListed(layout.xaxis)) return { column: width < NARROW ? 0 : nameColumn(width), right: 8 };
  const zero = layout.xaxis.showticklabels === false ? 0 : 14;
  const column = width < NARROW ? zero : nameColumn(width);
  return { column, right: Math.max(26, roomBeside(layout, data, width - column, size)) };
}

function nameColumn(width) {
  return Math.min(width * NAMES.share, NAMES.most);
}

// On a narrow page what stands beside or under the marks joins the words of the row: marks then
// have the full width, and a cell far below the heads of its columns still says what it is.
function wordsIntoRows(layout, data) {
  const said = new Map(layout.yaxis.tickvals.map((id) => [id, []]));
  const columns = isListed(layout.xaxis);
  for (const trace of data) {
    const beside = trace.meta === "beside";
    if (!beside && !(columns && trace.customdata)) continue;
    trace.y.forEach((id, index) => {
      const words = String(trace.text?.[index] || "").trim();
      said.get(id)?.push(columns ? cellWords(trace, index, words) : { words });
    });
    if (beside) trace.visible = false;
    else trace.mode = "markers";
  }
  layout.yaxis.ticktext = layout.yaxis.ticktext.map((text, index) => withWords(text, said.get(layout.yaxis.tickvals[index]), layout));
}

function cellWords(trace, index, words) {
  const column = trace.x[index];
  const kind = trace.name || "";
  return { column, words: words ? `${column} ${words}` : `${column}, ${kind.charAt(0).toLowerCase()}${kind.slice(1)}` };
}

function withWords(text, parts, layout) {
  if (!parts.length) return text;
  const heads = layout.xaxis.tickvals || [];
  const sorted = [...parts].sort((a, b) => heads.indexOf(a.column) - heads.indexOf(b.column));
  return `${text}: ${sorted.map(({ words }) => words).join("; ")}`;
}

// Lays the rows out; true if the chart has listed rows.
function listedRows(layout, data, width, size) {
  const axis = layout.yaxis;
  if (!isListed(axis)) return false;
  const narrow = width < NARROW;
  const line = size * 1.3;
  if (narrow) wordsIntoRows(layout, data);
  let { column, right } = edges(layout, data, width, size);
  const room = isListed(layout.xaxis) ? width - column - right : width - column;
  const head = headRoom(layout, data, room, size);
  right = Math.max(right, Math.ceil(head.beyond));
  const letters = { row: Math.floor((narrow ? width : column - 14) / (size * 0.57)), heading: Math.floor(width / (size * 0.6)) };
  const { rows, height } = placeRows(axis, { narrow, letters, line, under: data.some(hasWordsUnder) ? line * 0.9 : 0 });
  moveToRows(layout, data, rows);
  data.push(nameTrace(rows));
  const plot = width - right;
  roomInParts(data, (plot - column) / (layout.xaxis.range?.[1] || 1), size);
  const marks = [...rows.values()].filter((row) => !row.heading).map((row) => row.mark);
  const { ticktext, categoryarray, ...plain } = axis;
  layout.yaxis = { ...plain, type: "linear", range: [height, 0], tickvals: marks, showticklabels: false, automargin: false };
  layout.yaxis2 = { range: [height, 0], visible: false, fixedrange: true, anchor: "x2" };
  layout.xaxis = { ...layout.xaxis, domain: [column / plot, 1], automargin: false };
  layout.xaxis2 = { domain: [0, 1], range: [0, 1], visible: false, fixedrange: true, anchor: "y2" };
  const legend = layout.showlegend ? legendLines(data, plot, size) * size * 1.5 + 10 : 0;
  layout.legend = { ...layout.legend, y: 1 + head.height / height, yanchor: "bottom", x: 0 };
  layout.margin = { ...layout.margin, l: 0, r: right, t: head.height + legend, b: 6, autoexpand: false };
  layout.height = height + head.height + legend + 6;
  return true;
}
