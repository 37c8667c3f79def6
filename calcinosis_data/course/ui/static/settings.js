// The learner's settings: they act at once, on the whole page, and stay in this browser.

const SETTING_GROUPS = [
  ["text_size", "Text size", [["normal", "As in the notebook"], ["large", "Large"], ["larger", "Larger"]]],
  ["contrast", "Contrast", [["theme", "As in the notebook"], ["high", "High"]]],
  ["charts", "Charts", [[true, "Shown, with a table"], [false, "Off, tables only"]]],
  ["motion", "Motion", [[true, "As in the notebook"], [false, "Off"]]],
];

function settingGroup([key, title, options], values, onChange) {
  const set = make("fieldset");
  set.append(make("legend", "", title));
  for (const [value, text] of options) {
    const label = make("label", "cal-option");
    const radio = make("input");
    radio.type = "radio";
    radio.name = `cal-setting-${key}`;
    radio.checked = values[key] === value;
    radio.addEventListener("change", () => onChange(key, value));
    label.append(radio, make("span", "", text));
    set.append(label);
  }
  return set;
}

function render({ model, el }) {
  el.classList.add("cal-settings");
  const values = { text_size: "normal", contrast: "theme", charts: true, motion: true, ...storedSettings() };
  const share = () => {
    for (const [key, value] of Object.entries(values)) model.set(key, value);
    model.save_changes();
  };
  const change = (key, value) => {
    values[key] = value;
    storeSettings(values);
    applySettings(values);
    share();
  };
  const box = make("details");
  const grid = make("div", "cal-settings-grid");
  grid.append(...SETTING_GROUPS.map((group) => settingGroup(group, values, change)));
  const note = make("p", "cal-said", "Tab goes to the next control, Shift+Tab back. Shift+Enter runs the cell again, also from inside a control.");
  box.append(make("summary", "", "Reading settings: text size, contrast, charts, motion"), grid, note);
  el.append(box);
  applySettings(values);
  share();
  guard(el);
  whenAttached(el, () => hideSnapshot(el));
}

export default { render };
