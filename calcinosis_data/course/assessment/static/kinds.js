// The controls of each kind of question, all native. Joined after question.js. A field is
//   set       the element around its controls
//   controls  the controls
//   read()    the response in the form that Python reads and keeps
//   missing() what to do before it is an answer, in words; empty if it may be one
//   fill(response)  show a response; an empty one clears

const MOST_NAMED = 3;

function buildField(question, name) {
  return (FIELDS[question.kind] ?? FIELDS["one-best-answer"])(question, name);
}

const FIELDS = {
  "one-best-answer": (question, name) =>
    choiceField(question, name, "radio", "Choose an answer first, then check it."),
  "claim-status": (question, name) =>
    choiceField(question, name, "radio", "Choose a verdict first, then check it."),
  multiple: (question, name) =>
    choiceField(question, name, "checkbox", "Choose one answer or more first, then check."),
  matching: matchingField,
  ordering: orderingField,
  numeric: numericField,
};

function fieldset(question, name, tellHow = true) {
  const set = make("fieldset");
  set.append(make("legend", "", question.lead_in));
  if (tellHow) set.append(howLine(question, name));
  return set;
}

function howLine(question, name) {
  const how = make("p", "cal-how", question.how);
  how.id = `${name}-how`;
  return how;
}

// --- Radios and checkboxes ----------------------------------------------------------------

function choiceField(question, name, type, ask) {
  const set = fieldset(question, name, type === "checkbox"); // of radios everyone knows how
  set.append(...question.options.map((option) => optionLabel(option, name, type)));
  const controls = [...set.querySelectorAll("input")];
  const read = () => controls.filter((box) => box.checked).map((box) => box.value);
  return {
    set,
    controls,
    read,
    missing: () => (read().length ? "" : ask),
    fill: (response) => controls.forEach((box) => (box.checked = response.includes(box.value))),
  };
}

// --- A select for each line ----------------------------------------------------------------

function lineField(question, name, empty, answers) {
  const set = fieldset(question, name);
  const selects = question.options.map((option, index) => {
    const line = make("div", "cal-line");
    const label = make("label", "", option.text);
    const select = make("select");
    select.id = `${name}-line-${index}`;
    label.htmlFor = select.id;
    select.append(new Option(empty, ""), ...answers.map((answer) => new Option(answer, answer)));
    line.append(label, select);
    set.append(line);
    return select;
  });
  return { set, selects };
}

function matchingField(question, name) {
  const { set, selects } = lineField(question, name, "Choose…", question.answers);
  set.classList.add("cal-matching");
  const ids = question.options.map((option) => option.id);
  return {
    set,
    controls: selects,
    read: () => ids.map((id, index) => `${id}=${selects[index].value}`).filter((pair) => !pair.endsWith("=")),
    missing: () => gaps(question, selects, "answer"),
    fill(response) {
      const given = new Map(response.map((pair) => [pair.split("=", 1)[0], pair.slice(pair.indexOf("=") + 1)]));
      selects.forEach((select, index) => (select.value = given.get(ids[index]) ?? ""));
    },
  };
}

function orderingField(question, name) {
  const places = question.options.map((_, index) => String(index + 1));
  const { set, selects } = lineField(question, name, "Place", places);
  set.classList.add("cal-ordering");
  const ids = question.options.map((option) => option.id);
  const place = (id) => Number(selects[ids.indexOf(id)].value);
  return {
    set,
    controls: selects,
    read: () => ids.filter(place).sort((a, b) => place(a) - place(b)),
    missing: () => doubles(question, selects) || gaps(question, selects, "place"),
    fill: (response) =>
      selects.forEach((select, index) => (select.value = response.indexOf(ids[index]) + 1 || "")),
  };
}

function quoted(options) {
  const names = options.slice(0, MOST_NAMED).map((option) => `“${option.text}”`);
  const more = options.length - names.length;
  if (more) names.push(`${more} more`);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function gaps(question, selects, what) {
  const empty = question.options.filter((_, index) => !selects[index].value);
  if (!empty.length) return "";
  if (empty.length === selects.length) return `Choose a${what === "answer" ? "n" : ""} ${what} for each line first, then check.`;
  const have = empty.length === 1 ? "has" : "have";
  return `${quoted(empty)} ${have} no ${what} yet. Choose ${empty.length === 1 ? "it" : "them"} first, then check.`;
}

function doubles(question, selects) {
  for (const select of selects) {
    const same = question.options.filter((_, index) => select.value && selects[index].value === select.value);
    if (same.length > 1) return `${quoted(same)} stand in the same place, ${select.value}. Give each line a place of its own first, then check.`;
  }
  return "";
}

// --- A typed number ------------------------------------------------------------------------

function numericField(question, name) {
  const set = make("div", "cal-number-field");
  const label = make("label", "cal-lead-in", question.lead_in);
  const input = make("input");
  input.type = "text";
  input.inputMode = "decimal";
  input.spellcheck = false;
  input.id = `${name}-number`;
  label.htmlFor = input.id;
  const row = make("div", "cal-number");
  row.append(input);
  const unit = make("span", "", question.unit);
  unit.id = `${name}-unit`;
  row.append(unit);
  input.setAttribute("aria-describedby", `${unit.id} ${name}-how`);
  set.append(label, howLine(question, name), row);
  return {
    set,
    controls: [input],
    read: () => [input.value.trim()].filter(Boolean),
    missing: () => (input.value.trim() ? "" : "Type a number first, then check it."),
    fill: (response) => (input.value = response[0] ?? ""),
  };
}
