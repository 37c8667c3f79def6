// Key guard of every widget of the course. Imports nothing: assets.py joins it with others.

const KIT = ".cal-kit";
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
const SUPPRESS = "data-lm-suppress-shortcuts";

// JupyterLab and Notebook 7 read letters and arrows pressed in an output as commands ("b"
// inserts a cell, "d" twice removes one). Lumino leaves an element alone that carries this
// attribute itself; a marked parent does not help, so each focusable element gets it.

function guardElement(element) {
  if (!element.hasAttribute(SUPPRESS)) element.setAttribute(SUPPRESS, "true");
  if (element.title === "null") element.removeAttribute("title");
}

function guard(root) {
  if (root.matches(FOCUSABLE)) guardElement(root);
  root.querySelectorAll(FOCUSABLE).forEach(guardElement);
  root.querySelectorAll('[title="null"]').forEach((node) => node.removeAttribute("title"));
  nameGroups(root);
}

function guardAdded(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  if (node.closest(KIT)) guard(node);
  else node.querySelectorAll(KIT).forEach(guard);
}

// The keys that must still reach the notebook: run the cell, save.
function isNotebookKey(event) {
  const accel = event.ctrlKey || event.metaKey;
  if (event.key === "Enter") return event.shiftKey || accel;
  return accel && event.key.toLowerCase() === "s";
}

function letThrough(event) {
  const element = event.target;
  if (!(element instanceof Element) || !element.closest(KIT) || !isNotebookKey(event)) return;
  element.removeAttribute(SUPPRESS);
  setTimeout(() => element.setAttribute(SUPPRESS, "true"), 0);
}

// The notebook looks a heading up in the whole page, and finds that of another lesson if two are
// open. A link within a lesson means that lesson; the focus goes along, so that Tab goes on there.
function followLinkInLesson(event) {
  const link = event.target instanceof Element && event.target.closest('.jp-Notebook a[href^="#"]');
  const notebook = link && link.closest(".jp-Notebook");
  if (!notebook || !notebook.querySelector(KIT)) return;
  const name = decodeURIComponent(link.getAttribute("href").slice(1));
  const heading = [...notebook.querySelectorAll("[data-jupyter-id], :is(h1, h2, h3, h4)[id]")].find(
    (element) => element.dataset.jupyterId === name || element.id === name,
  );
  if (!heading) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  heading.tabIndex = -1;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

function installGuard() {
  if (window.calcinosisGuard) return;
  window.calcinosisGuard = new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(guardAdded);
  });
  window.calcinosisGuard.observe(document.body, { childList: true, subtree: true });
  // Whatever the observer missed (a class that came late) is marked before any key is pressed.
  window.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.closest(KIT)) guardElement(event.target);
  }, true);
  window.addEventListener("keydown", letThrough, true);
  window.addEventListener("click", followLinkInLesson, true);
  document.querySelectorAll(KIT).forEach(guard);
}

// Stock checkboxes have no group; give ours the role and the name that is on screen.
function nameGroups(root) {
  const around = root.closest(".cal-choices");
  const groups = around ? [around] : root.querySelectorAll(".cal-choices");
  for (const group of groups) {
    const label = group.querySelector(".cal-group-label");
    if (!label) continue;
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label.textContent);
  }
}

installGuard();
