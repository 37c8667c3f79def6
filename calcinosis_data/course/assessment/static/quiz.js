// The questions of a cell. Joined last, after the kit's guard.js, kit.js and sources.js and our
// question.js, kinds.js, feedback.js and answers.js. The page holds no key before an answer: it
// sends the response and shows what comes back.

let quizCount = 0;

function goTo(parts) {
  parts.progress.focus({ preventScroll: true });
  parts.root.scrollIntoView({ block: "start" });
}

function render({ model, el }) {
  el.classList.add("cal-quiz");
  const notice = make("p", "cal-banner cal-saving");
  notice.setAttribute("role", "status");
  el.append(notice);
  const asked = model.get("questions");
  const built = asked.map((question) => buildQuestion(question, `cal-quiz-${Date.now()}-${quizCount++}`));
  const questions = new Map();
  asked.forEach((question, index) => {
    const parts = built[index];
    const next = built[index + 1];
    el.append(parts.root);
    // The notice stands where the learner is looking: under the question just answered.
    const moved = () => parts.root.append(notice);
    questions.set(question.id, wireQuestion(parts, question, model, moved, next && (() => goTo(next))));
  });
  const update = () => {
    const answers = model.get("answers");
    for (const [id, question] of questions) question.update(answers[id]);
  };
  const tell = () => (notice.textContent = model.get("notice"));
  const receive = (message) => {
    const question = questions.get(message.item_id);
    if (message.tell) question?.tell(message.tell);
    else question?.trouble(message.trouble);
  };
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
