// A prediction as a native form.

let askCount = 0;

function askOptions(model, form) {
  const group = `cal-ask-${Date.now()}-${askCount++}`;
  const set = make("fieldset");
  set.append(make("legend", "", model.get("question")));
  model.get("options").forEach((text, index) => {
    const label = make("label", "cal-option");
    const radio = make("input");
    radio.type = "radio";
    radio.name = group;
    radio.value = String(index);
    radio.checked = model.get("chosen") === index;
    label.append(radio, make("span", "", text));
    set.append(label);
  });
  form.append(set);
}

function render({ model, el }) {
  el.classList.add("cal-ask");
  const form = make("form");
  askOptions(model, form);
  const button = make("button", "cal-button cal-primary", "Show the chart");
  const said = make("p", "cal-said");
  said.setAttribute("role", "status");
  form.append(button, said);
  el.append(form);

  const tell = () => {
    const chosen = model.get("chosen");
    if (chosen === null) return;
    said.textContent = `Your prediction: ${model.get("options")[chosen]}. Compare it with the answer below.`;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const radio = form.querySelector("input:checked");
    if (!radio) {
      said.textContent = "Choose an answer first, then show the chart.";
      return;
    }
    model.set("chosen", Number(radio.value));
    model.save_changes();
    tell();
  });
  tell();
  guard(el);
  let stop = () => {};
  whenAttached(el, () => {
    stop = followKernel(el, el, model);
    hideSnapshot(el);
  });
  return () => stop();
}

export default { render };
