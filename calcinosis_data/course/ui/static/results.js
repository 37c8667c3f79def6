// The answer of a panel: finding, chart, table, sources, notes. One trait holds all of it,
// so that what is on screen always belongs to one state of the filters.

const NARROW_PANEL = 700;

// Polite, and at most once a second however fast the filters change.
function createAnnouncer() {
  const region = make("p", "cal-sr");
  region.setAttribute("role", "status");
  let timer = 0;
  let text = "";
  return {
    element: region,
    say(next) {
      text = next;
      if (timer) return;
      timer = setTimeout(() => {
        timer = 0;
        region.textContent = text;
      }, 1000);
    },
  };
}

function nameThePanel(panel, question) {
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", question);
}

// Many filters: a link past them, seen when it is focused.
function addSkipLink(panel, finding) {
  const filters = panel.querySelectorAll(".cal-filters :is(input, select, button)");
  if (filters.length <= 6 || panel.querySelector(".cal-skip")) return () => {};
  const skip = make("button", "cal-skip cal-button", "Skip the filters");
  skip.type = "button";
  skip.addEventListener("click", () => finding.focus());
  panel.prepend(skip);
  return () => skip.remove();
}

// A class and no container query: JupyterLab passes over cells off the screen (content-visibility),
// and Chromium then sometimes leaves the words within a size container out for good.
function followWidth(panel) {
  const watch = new ResizeObserver(([entry]) => {
    panel.classList.toggle("cal-narrow", entry.contentRect.width <= NARROW_PANEL);
  });
  watch.observe(panel);
  return () => watch.disconnect();
}

function render({ model, el }) {
  el.classList.add("cal-results");
  const error = make("div", "cal-error");
  const finding = make("p", "cal-finding");
  finding.tabIndex = -1;
  const announcer = createAnnouncer();
  const picture = make("div", "cal-chart");
  picture.setAttribute("role", "img");
  const failure = make("p", "cal-note", "The chart cannot be drawn here. The table holds the same rows.");
  const table = createTable(model);
  const sources = make("div", "cal-sources");
  const notes = make("ul", "cal-notes");
  el.append(error, finding, announcer.element, picture, failure, table.element, sources, notes);
  let opened = model.get("state").table.open;
  const chart = createChart(model, picture, (failed) => {
    show(failure, failed);
    show(picture, !failed);
    if (failed) table.element.open = true;
  });
  show(failure, false);
  table.element.open = model.get("state").table.open;

  function update(first) {
    const state = model.get("state");
    error.replaceChildren();
    show(error, Boolean(state.error));
    if (state.error) error.append(make("strong", "", state.error.title), make("p", "", state.error.text));
    finding.textContent = state.finding;
    if (!first) announcer.say(state.error ? state.error.title : state.finding);
    picture.setAttribute("aria-label", state.chart_name);
    // A chart that could not be drawn is tried again with the next state.
    show(picture, Boolean(state.figure));
    show(failure, false);
    table.show(state.table);
    if (state.table.open && !opened) table.element.open = true;
    opened = state.table.open;
    fillSources(sources, state.sources);
    notes.replaceChildren(...state.notes.map((text) => make("li", "", text)));
    show(notes, state.notes.length > 0);
    guard(el);
    const done = state.figure ? chart.show(state.figure) : Promise.resolve();
    done.then(() => {
      if (model.get("state").version === state.version) el.dataset.version = state.version;
    });
  }

  const changed = () => update(false);
  model.on("change:state", changed);
  const stops = [];
  const waiting = whenAttached(el, () => {
    const panel = el.closest(".cal-panel") || el;
    nameThePanel(panel, model.get("state").question);
    stops.push(addSkipLink(panel, finding));
    hideSnapshot(el);
    guard(panel);
    stops.push(followKernel(el, panel, model), followWidth(panel));
    if (document.documentElement.dataset.calCharts === "off") table.element.open = true;
  });
  update(true);
  return () => {
    model.off("change:state", changed);
    waiting();
    stops.forEach((stop) => stop());
    table.remove();
    chart.remove();
  };
}

export default { render };
