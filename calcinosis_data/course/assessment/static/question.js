// One question as a native form: what stands where. Joined after the kit's kit.js, which brings
// make and show; kinds.js brings the controls of each kind.

const SURE = [
  ["guess", "A guess"],
  ["fairly sure", "Fairly sure"],
  ["sure", "Sure"],
];

function buildQuestion(question, name) {
  const root = make("div", "cal-item");
  root.setAttribute("role", "group");
  root.setAttribute("aria-labelledby", `${name}-progress`);
  const { progress, state } = progressLine(question, name);
  const stem = make("p", "cal-stem", question.stem);
  stem.id = `${name}-stem`;
  show(stem, Boolean(question.stem));
  const form = make("form");
  form.noValidate = true;
  form.autocomplete = "off";
  const field = buildField(question, name);
  const about = [question.stem && stem.id, field.set.querySelector(".cal-how")?.id].filter(Boolean);
  if (about.length && field.set.tagName === "FIELDSET") field.set.setAttribute("aria-describedby", about.join(" "));
  const button = make("button", "cal-button cal-primary", "Check answer");
  const actions = make("div", "cal-actions");
  const hints = buildHints(question.hints ?? []);
  const sure = buildSure(name);
  actions.append(button, ...hints.buttons, sure.root);
  form.append(field.set, hints.told, actions);
  const result = make("div", "cal-result");
  result.setAttribute("role", "status");
  const more = make("div", "cal-more");
  root.append(progress, stem, form, result, more);
  return { root, progress, state, form, field, button, actions, hints, sure, result, more };
}

// "Next question" leads here, so that the reader goes on at its beginning.
function progressLine(question, name) {
  const progress = make("p", "cal-progress", question.progress);
  progress.id = `${name}-progress`;
  progress.tabIndex = -1;
  const state = make("span", "cal-state");
  progress.append(state);
  return { progress, state };
}

// --- Hints --------------------------------------------------------------------------------

function buildHints(texts) {
  const told = make("div", "cal-hints");
  told.setAttribute("role", "status");
  told.setAttribute("aria-atomic", "false"); // the second hint is read without the first
  if (!texts.length) return { told, buttons: [], offer() {} };
  const button = make("button", "cal-button", "");
  button.type = "button";
  let shown = 0;
  const used = () => shown === texts.length;
  const name = () => {
    button.textContent = used() ? "No more hints" : `Show a hint (${shown + 1} of ${texts.length})`;
    if (used()) button.setAttribute("aria-disabled", "true");
  };
  button.addEventListener("click", () => {
    if (used()) return;
    told.append(hintLine(texts[shown], (shown += 1), texts.length));
    name();
  });
  // Used up, it goes only when the focus has gone, and keeps its place: what is pressed next
  // must not move under the pointer.
  button.addEventListener("blur", () => button.classList.toggle("cal-used", used()));
  name();
  return { told, buttons: [button], offer: (open) => show(button, open && !used()) };
}

function hintLine(text, number, count) {
  const line = make("p", "cal-hint");
  const name = count === 1 ? "Hint. " : `Hint ${number} of ${count}. `;
  line.append(make("strong", "", name), text);
  return line;
}

// --- How sure -----------------------------------------------------------------------------

function buildSure(name) {
  const root = make("details", "cal-sure");
  const set = make("fieldset");
  set.append(make("legend", "", "How sure are you of this answer?"));
  const note = make(
    "p",
    "cal-sure-note",
    "Optional and private: it is kept with your answer in your own folder and never scored.",
  );
  note.id = `${name}-sure-note`;
  set.setAttribute("aria-describedby", note.id);
  const choices = make("div", "cal-sure-choices");
  choices.append(...SURE.map(([value, words]) => optionLabel({ id: value, text: words }, `${name}-sure`, "radio")));
  set.append(choices, note);
  root.append(make("summary", "", "How sure are you?"), set);
  const radios = [...set.querySelectorAll("input")];
  return {
    root,
    read: () => radios.find((radio) => radio.checked)?.value ?? null,
    clear() {
      for (const radio of radios) radio.checked = false;
      root.open = false;
    },
  };
}

function optionLabel(option, name, type) {
  const label = make("label", "cal-option");
  const box = make("input");
  box.type = type;
  box.name = name;
  box.value = option.id;
  label.append(box, make("span", "", option.text));
  return label;
}
