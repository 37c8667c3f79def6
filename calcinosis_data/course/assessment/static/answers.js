// Asking Python and showing what comes back. Joined after question.js, kinds.js and feedback.js.

const SLOW_MS = 700;
const SILENT_MS = 8000;
const TWICE_MS = 600; // a second press this soon was meant for the first button

function say(parts, text) {
  parts.result.className = "cal-result";
  parts.result.replaceChildren(make("p", "", text));
}

// An answer stays as it was given until "Try again". Not `disabled`: that would throw the focus
// away, and with it the reader's place.
function lock(parts, locked) {
  for (const control of parts.field.controls) {
    if (locked) control.setAttribute("aria-disabled", "true");
    else control.removeAttribute("aria-disabled");
    if (control.type === "text") control.readOnly = locked;
  }
  parts.root.classList.toggle("cal-answered", locked);
  parts.button.textContent = locked ? "Try again" : "Check answer";
  parts.button.classList.toggle("cal-primary", !locked);
  parts.hints.offer(!locked);
  if (locked) parts.sure.root.remove();
  else parts.actions.append(parts.sure.root);
}

function holdWhile(isLocked, parts, given) {
  const hold = (event) => {
    if (isLocked()) event.preventDefault();
  };
  const holdKeys = (event) => {
    const passes = event.key === "Tab" || event.key === "Enter" || event.ctrlKey || event.metaKey;
    if (!passes && event.target.type !== "text") hold(event);
  };
  for (const control of parts.field.controls) {
    control.addEventListener("keydown", holdKeys);
    if (control.tagName === "SELECT") control.addEventListener("mousedown", hold);
    else if (control.type !== "text") control.addEventListener("click", hold);
    // Whatever else may change it, such as a screen reader.
    control.addEventListener("input", () => isLocked() && parts.field.fill(given()));
  }
}

function showAnswer(parts, question, answer) {
  parts.field.fill(answer.chosen);
  parts.state.textContent = answer.answered;
  fillResult(parts, question, answer);
  fillMore(parts, question, answer);
  lock(parts, true);
  guard(parts.root);
}

function clearAnswer(parts) {
  parts.field.fill([]);
  parts.sure.clear();
  parts.result.className = "cal-result";
  parts.result.replaceChildren();
  parts.more.replaceChildren();
  lock(parts, false);
}

function wireQuestion(parts, question, model, onAsk, onNext) {
  let seen = null; // the attempt shown last, also after "Try again"
  let locked = false;
  let waiting = false;
  let shownAt = 0;
  let given = [];
  let timers = [];
  const next = nextButton(onNext);

  function settle() {
    waiting = false;
    timers.splice(0).forEach(clearTimeout);
  }

  function silent() {
    settle();
    say(parts, "No answer came back. Python may be busy with another cell: wait for it, or run this cell again.");
  }

  function ask(response) {
    settle();
    onAsk();
    waiting = true;
    timers = [setTimeout(() => say(parts, "Checking…"), SLOW_MS), setTimeout(silent, SILENT_MS)];
    model.send({ item_id: question.id, response, confidence: parts.sure.read() });
  }

  function tryAgain() {
    // Enter in a control also submits the form: only the button itself starts another try.
    if (document.activeElement !== parts.button || Date.now() - shownAt < TWICE_MS) return;
    locked = false;
    clearAnswer(parts);
    next?.remove();
    parts.state.textContent = "another try";
  }

  function submit(event) {
    event.preventDefault();
    if (waiting) return;
    if (locked) return tryAgain();
    const missing = parts.field.missing();
    if (missing) say(parts, missing);
    else ask(parts.field.read());
  }

  parts.form.addEventListener("submit", submit);
  holdWhile(() => locked, parts, () => given);

  return {
    update(answer) {
      if (!answer && !locked) parts.state.textContent = "not answered yet";
      if (!answer || answer.attempt === seen) return;
      shownAt = waiting ? Date.now() : 0; // restored answers came without a press
      settle();
      seen = answer.attempt;
      given = answer.chosen;
      locked = true;
      showAnswer(parts, question, answer);
      if (next) parts.button.after(next);
    },
    tell(text) {
      settle();
      say(parts, text);
    },
    trouble(text) {
      settle();
      say(parts, `Error: this answer could not be checked. Run this cell again. (${text})`);
    },
    remove: settle,
  };
}

// It leads to the line that says which question comes, so that the reader starts there.
function nextButton(onNext) {
  if (!onNext) return null;
  const button = make("button", "cal-button cal-primary", "Next question");
  button.type = "button";
  button.addEventListener("click", onNext);
  return button;
}
