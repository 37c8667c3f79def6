// What is shown after an answer: the verdict, and for each option what was given, what is right,
// why, and the rows behind it. Joined after kit.js and sources.js. In words and with a mark,
// never by colour alone.

const SINGLE = ["one-best-answer", "claim-status", "numeric"]; // one reason belongs to the verdict

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

// The live region says the verdict and, where one option was chosen, the reason; no more.
function fillResult(parts, question, answer) {
  const verdict = make("p", "cal-verdict");
  verdict.append(make("strong", "", answer.verdict), ` ${sentence(question, answer)}`);
  parts.result.className = `cal-result ${answer.correct ? "cal-correct" : "cal-not-yet"}`;
  const reason = SINGLE.includes(question.kind) ? why(answer.options[0]) : [];
  parts.result.replaceChildren(verdict, ...reason);
}

// The list below has the lines in their right order: no need to read them twice.
function sentence(question, answer) {
  if (question.kind !== "ordering" || answer.correct) return answer.sentence;
  return `You have ${answer.partial}. The right order stands below.`;
}

function fillMore(parts, question, answer) {
  const list = make(question.kind === "ordering" ? "ol" : "ul", "cal-reasons");
  list.append(...told(question, answer).map((option) => reasonItem(question, option)));
  const take = make("p", "cal-take-away");
  take.append(make("strong", "", "Take away. "), answer.take_away);
  const sources = make("div", "cal-sources");
  fillSources(sources, answer.sources);
  parts.more.replaceChildren(...sureLine(answer), list, take, sources);
}

// The options that the list tells: lines in their order, else the right ones first.
function told(question, answer) {
  const place = question.options.map((option) => option.id);
  const at = (option) => (place.includes(option.id) ? place.indexOf(option.id) : place.length);
  if (question.kind === "ordering") return answer.options;
  if (question.kind === "matching") return [...answer.options].sort((a, b) => at(a) - at(b));
  // "Another number" says something only to those who typed one.
  const others = answer.options.slice(SINGLE.includes(question.kind) ? 1 : 0).filter(
    (option) => question.kind !== "numeric" || /\d/.test(option.text),
  );
  return others.sort((a, b) => b.is_key - a.is_key || at(a) - at(b));
}

function reasonItem(question, option) {
  const item = make("li", side(question, option));
  const name = make("p", "cal-reason-name");
  name.append(make("strong", "", optionName(question, option)));
  if (option.mark) name.append(" ", make("span", "cal-mark", option.mark));
  item.append(name, ...why(option));
  return item;
}

// Right lines and right options, wrong ones that were given, and the rest.
function side(question, option) {
  const isLine = option.right != null && question.kind !== "numeric";
  if (isLine ? option.agrees : option.is_key) return "cal-best";
  return isLine || option.chosen ? "cal-miss" : "";
}

function optionName(question, option) {
  if (question.kind === "ordering") return `${option.right}. ${option.text}`;
  if (question.kind === "matching" && option.right == null) return `“${option.text}”`;
  if (question.kind !== "numeric") return option.text;
  const number = [option.text, question.unit].filter(Boolean).join(" ");
  return option.is_key ? number : `If you typed ${number}`;
}

function sureLine(answer) {
  if (!answer.confidence) return [];
  const words = answer.confidence === "guess" ? "a guess" : answer.confidence;
  return [make("p", "cal-sure-said", `How sure you were: ${words}.`)];
}
