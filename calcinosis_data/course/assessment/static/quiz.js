// Questions as native forms. Joined after the kit's guard.js, kit.js and sources.js, which bring
// guard, make, show, whenAttached, hideSnapshot, followKernel and fillSources. The page holds no key before an answer: it
// sends the option chosen and shows what comes back.

const SLOW_MS = 700;
const SILENT_MS = 8000;
const TWICE_MS = 600; // a second press this soon was meant for the first button

let quizCount = 0;

// --- One question -------------------------------------------------------------------------

function buildQuestion(question, name) {
  const root = make("div", "cal-item");
  const progress = make("p", "cal-progress", question.progress);
  progress.id = `${name}-progress`;
  const state = make("span", "cal-state");
  progress.append(state);
  const stem = make("p", "cal-stem", question.stem);
  stem.id = `${name}-stem`;
  show(stem, Boolean(question.stem));
  const form = make("form");
  form.noValidate = true;
  const set = make("fieldset");
  if (question.stem) set.setAttribute("aria-describedby", stem.id);
  set.append(make("legend", "", question.lead_in));
  for (const option of question.options) set.append(optionLabel(option, name));
  const button = make("button", "cal-button cal-primary", "Check answer");
  const result = make("div", "cal-result");
  result.setAttribute("role", "status");
  const more = make("div", "cal-more");
  form.append(set, button);
  root.setAttribute("role", "group");
  root.setAttribute("aria-labelledby", progress.id);
  root.append(progress, stem, form, result, more);
  return { root, state, form, button, result, more, radios: [...set.querySelectorAll("input")] };
}

function optionLabel(option, name) {
  const label = make("label", "cal-option");
  const radio = make("input");
  radio.type = "radio";
  radio.name = name;
  radio.value = option.id;
  label.append(radio, make("span", "", option.text));
  return label;
}

// --- Feedback -----------------------------------------------------------------------------

function rowsBehind(rows) {
  const box = make("details", "cal-rows");
  const count = rows.length === 1 ? "The table row" : `The ${rows.length} table rows`;
  const list = make("ul");
  list.append(...rows.map((words) => make("li", "", words)));
  box.append(make("summary", "", `${count} behind this`), list);
  return box;
}

function why(option) {
  const reason = make("p", "", option.rationale);
  return option.rows.length ? [reason, rowsBehind(option.rows)] : [reason];
}

// The live region says the verdict and the reason for the option chosen, no more.
function fillResult(parts, answer) {
  const verdict = make("p", "cal-verdict");
  verdict.append(make("strong", "", answer.verdict), ` ${answer.sentence}`);
  parts.result.classList.toggle("cal-correct", answer.correct);
  parts.result.classList.toggle("cal-not-yet", !answer.correct);
  parts.result.replaceChildren(verdict, ...why(answer.options[0]));
}

function fillMore(parts, answer) {
  const place = parts.radios.map((radio) => radio.value);
  const others = answer.options.filter((option) => !answer.chosen.includes(option.id));
  others.sort((a, b) => b.is_key - a.is_key || place.indexOf(a.id) - place.indexOf(b.id));
  const list = make("ul", "cal-reasons");
  for (const option of others) {
    const item = make("li");
    const name = make("p", "cal-reason-name");
    name.append(make("strong", "", option.text));
    if (option.is_key) name.append(make("span", "cal-mark", "Best answer"));
    item.classList.toggle("cal-best", option.is_key);
    item.append(name, ...why(option));
    list.append(item);
  }
  const take = make("p", "cal-take-away");
  take.append(make("strong", "", "Take away. "), answer.take_away);
  const sources = make("div", "cal-sources");
  fillSources(sources, answer.sources);
  parts.more.replaceChildren(list, take, sources);
}

function lock(parts, locked) {
  for (const radio of parts.radios) {
    // Not `disabled`: that would throw the focus away, and with it the reader's place.
    if (locked) radio.setAttribute("aria-disabled", "true");
    else radio.removeAttribute("aria-disabled");
  }
  parts.root.classList.toggle("cal-answered", locked);
  parts.button.textContent = locked ? "Try again" : "Check answer";
  parts.button.classList.toggle("cal-primary", !locked);
}

function showAnswer(parts, answer) {
  for (const radio of parts.radios) radio.checked = answer.chosen.includes(radio.value);
  parts.state.textContent = answer.answered;
  fillResult(parts, answer);
  fillMore(parts, answer);
  lock(parts, true);
  guard(parts.root);
}

function clearAnswer(parts) {
  for (const radio of parts.radios) radio.checked = false;
  parts.result.className = "cal-result";
  parts.result.replaceChildren();
  parts.more.replaceChildren();
  lock(parts, false);
}

function say(parts, text) {
  parts.result.className = "cal-result";
  parts.result.replaceChildren(make("p", "", text));
}

// --- Answering ----------------------------------------------------------------------------

function wireQuestion(parts, question, model, onAsk) {
  let seen = null; // the attempt shown last, also after "Try again"
  let locked = false;
  let waiting = false;
  let shownAt = 0;
  let timers = [];

  function settle() {
    waiting = false;
    timers.splice(0).forEach(clearTimeout);
  }

  function silent() {
    settle();
    say(parts, "No answer came back. Python may be busy with another cell: wait for it, or run this cell again.");
  }

  function ask(optionId) {
    settle();
    onAsk();
    waiting = true;
    timers = [setTimeout(() => say(parts, "Checking…"), SLOW_MS), setTimeout(silent, SILENT_MS)];
    model.send({ item_id: question.id, option_id: optionId });
  }

  function tryAgain() {
    // Enter in a radio also submits the form: only the button itself starts another try.
    if (document.activeElement !== parts.button || Date.now() - shownAt < TWICE_MS) return;
    locked = false;
    clearAnswer(parts);
    parts.state.textContent = "another try";
  }

  function submit(event) {
    event.preventDefault();
    if (waiting) return;
    if (locked) return tryAgain();
    const chosen = parts.radios.find((radio) => radio.checked);
    if (chosen) ask(chosen.value);
    else say(parts, "Choose an answer first, then check it.");
  }

  // An answer stays as it was given until "Try again".
  const hold = (event) => {
    if (locked) event.preventDefault();
  };
  const holdKeys = (event) => {
    if (event.key.startsWith("Arrow") || event.key === " ") hold(event);
  };
  parts.form.addEventListener("submit", submit);
  for (const radio of parts.radios) {
    radio.addEventListener("click", hold);
    radio.addEventListener("keydown", holdKeys);
  }

  return {
    update(answer) {
      if (!answer) parts.state.textContent = "not answered yet";
      if (!answer || answer.attempt === seen) return;
      shownAt = waiting ? Date.now() : 0; // restored answers came without a press
      settle();
      seen = answer.attempt;
      locked = true;
      showAnswer(parts, answer);
    },
    trouble(text) {
      settle();
      say(parts, `Error: this answer could not be checked. Run this cell again. (${text})`);
    },
    remove: settle,
  };
}

// --- All questions of a cell ----------------------------------------------------------------

function render({ model, el }) {
  el.classList.add("cal-quiz");
  const notice = make("p", "cal-banner cal-saving");
  notice.setAttribute("role", "status");
  el.append(notice);
  const questions = new Map();
  for (const question of model.get("questions")) {
    const parts = buildQuestion(question, `cal-quiz-${Date.now()}-${quizCount++}`);
    el.append(parts.root);
    // The notice stands where the learner is looking: under the question just answered.
    const wired = wireQuestion(parts, question, model, () => parts.root.append(notice));
    questions.set(question.id, wired);
  }
  const update = () => {
    const answers = model.get("answers");
    for (const [id, question] of questions) question.update(answers[id]);
  };
  const tell = () => (notice.textContent = model.get("notice"));
  const receive = (message) => questions.get(message.item_id)?.trouble(message.trouble);
  model.on("change:answers", update);
  model.on("change:notice", tell);
  model.on("msg:custom", receive);
  update();
  tell();
  guard(el);
  const stops = [];
  whenAttached(el, () => {
    hideSnapshot(el);
    stops.push(followKernel(el, el, model));
  });
  return () => {
    model.off("change:answers", update);
    model.off("change:notice", tell);
    model.off("msg:custom", receive);
    for (const question of questions.values()) question.remove();
    stops.forEach((stop) => stop());
  };
}

export default { render };
