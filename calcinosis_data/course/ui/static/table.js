// The table twin: same rows as the chart, read by anyone, downloaded by anyone.

// The roles are said because a narrow page shows rows as cards, which a table of CSS is no more.
function headRow(columns) {
  const row = make("tr");
  row.setAttribute("role", "row");
  for (const column of columns) {
    const cell = make("th", column.number ? "cal-number" : "", column.name);
    cell.scope = "col";
    cell.setAttribute("role", "columnheader");
    row.append(cell);
  }
  return row;
}

function bodyRow(values, columns) {
  const row = make("tr");
  row.setAttribute("role", "row");
  values.forEach((value, index) => {
    const cell = make(index ? "td" : "th", columns[index].number ? "cal-number" : "", value);
    cell.setAttribute("role", index ? "cell" : "rowheader");
    cell.dataset.head = columns[index].name;
    if (!index) cell.scope = "row";
    row.append(cell);
  });
  return row;
}

function download(name, text) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function createTable(model) {
  const box = make("details", "cal-table");
  const title = make("summary");
  const scroll = make("div", "cal-scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "group");
  const grid = make("table");
  const caption = make("caption");
  const head = make("thead");
  const body = make("tbody");
  grid.setAttribute("role", "table");
  for (const part of [head, body]) part.setAttribute("role", "rowgroup");
  grid.append(caption, head, body);
  scroll.append(grid);
  const tools = make("div", "cal-tools");
  const before = make("button", "cal-button", "Previous rows");
  const after = make("button", "cal-button", "Next rows");
  const where = make("span", "cal-where");
  where.setAttribute("role", "status");
  const save = make("button", "cal-button", "Download CSV");
  for (const button of [before, after, save]) button.type = "button";
  tools.append(before, after, where, save);
  box.append(title, scroll, tools);
  let state = null;
  let page = 0;

  function fill(rows) {
    body.replaceChildren(...rows.map((values) => bodyRow(values, state.columns)));
    const first = page * state.page_size;
    const several = state.total > state.page_size;
    where.textContent = several ? `Rows ${first + 1} to ${first + rows.length} of ${state.total}` : "";
    for (const part of [before, after, where]) show(part, several);
    before.setAttribute("aria-disabled", String(page === 0));
    after.setAttribute("aria-disabled", String(first + rows.length >= state.total));
  }

  function turn(step) {
    const wanted = page + step;
    if (wanted < 0 || wanted * state.page_size >= state.total) return;
    if (wanted === 0) answer({ kind: "page", page: 0, version: state.version, rows: state.rows });
    else model.send({ kind: "page", page: wanted, version: state.version });
  }

  // An answer to an older filter state must never be shown under a newer one.
  function answer(message) {
    if (message.kind === "csv") download(message.name, message.text);
    if (message.kind !== "page" || !state || message.version !== state.version) return;
    page = message.page;
    fill(message.rows);
    scroll.scrollTop = 0;
  }

  before.addEventListener("click", () => turn(-1));
  after.addEventListener("click", () => turn(1));
  save.addEventListener("click", () => model.send({ kind: "csv" }));
  model.on("msg:custom", answer);

  return {
    element: box,
    show(next) {
      state = next;
      page = 0;
      title.textContent = next.title;
      caption.textContent = next.caption;
      scroll.setAttribute("aria-label", next.caption);
      head.replaceChildren(headRow(next.columns));
      fill(next.rows);
      show(box, next.total > 0);
    },
    remove() {
      model.off("msg:custom", answer);
    },
  };
}
