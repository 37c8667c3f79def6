// Shared by every widget of the course: small helpers, kernel state, settings.
// Joined after guard.js (see assets.py), so it imports nothing.

const STORE = "calcinosis-settings";
const SIZES = { normal: "", large: "17px", larger: "20px" };

// --- Small helpers ------------------------------------------------------------------------

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function show(element, visible) {
  element.hidden = !visible;
}

// Lumino attaches a view after it was rendered; wait until its place in the page is known.
// Returns what ends the waiting.
function whenAttached(element, callback) {
  if (element.isConnected) {
    callback();
    return () => {};
  }
  const observer = new MutationObserver(() => {
    if (!element.isConnected) return;
    observer.disconnect();
    callback();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

// --- Saved copy ---------------------------------------------------------------------------
// The static copy for readers without a kernel is not needed beside the living widget.
function hideSnapshot(element) {
  const child = element.closest(".jp-OutputArea-child");
  if (!child) return;
  const hide = () => {
    let next = child.nextElementSibling;
    while (next && next.querySelector(".cal-snapshot, .js-plotly-plot, .jp-RenderedPlotly")) {
      next.classList.add("cal-hidden");
      next = next.nextElementSibling;
    }
  };
  hide();
  const observer = new MutationObserver(hide);
  observer.observe(child.parentElement, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), 10000);
}

// --- Kernel gone --------------------------------------------------------------------------
// ipywidgets marks every view whose kernel cannot be reached any more with this class.

const GONE = "jupyter-widgets-disconnected";
const GONE_TEXT = "Run the cell again (menu Run, then Run All Cells): the notebook has lost its connection to Python, so this part cannot answer.";

// A kernel that was shut down leaves no mark; then the notebook has none, or another one.
function kernelId(model) {
  return model?.widget_manager?.kernel?.id ?? null;
}

function watchKernel(element, model, onChange) {
  const view = element.closest(".jupyter-widgets") || element;
  const born = kernelId(model);
  let gone = null;
  const check = () => {
    const now = view.classList.contains(GONE) || kernelId(model) !== born;
    if (now !== gone) onChange((gone = now));
  };
  const observer = new MutationObserver(check);
  observer.observe(view, { attributes: true, attributeFilter: ["class"] });
  const session = model?.widget_manager?.context?.sessionContext;
  const signals = [session?.kernelChanged, session?.statusChanged].filter(Boolean);
  signals.forEach((signal) => signal.connect(check));
  check();
  return () => {
    observer.disconnect();
    signals.forEach((signal) => signal.disconnect(check));
  };
}

function disableControls(root, disabled) {
  for (const control of root.querySelectorAll("input, select, textarea, button")) {
    if (disabled && !control.disabled) {
      control.disabled = true;
      control.dataset.calOff = "kernel";
    } else if (!disabled && control.dataset.calOff === "kernel") {
      control.disabled = false;
      delete control.dataset.calOff;
    }
  }
}

// Banner plus disabled controls; `root` is the part of the page that depends on the kernel.
function followKernel(element, root, model) {
  const banner = make("p", "cal-banner");
  banner.setAttribute("role", "status");
  root.prepend(banner);
  const stop = watchKernel(element, model, (gone) => {
    root.classList.toggle("cal-gone", gone);
    banner.textContent = gone ? GONE_TEXT : "";
    disableControls(root, gone);
  });
  return () => {
    stop();
    banner.remove();
  };
}

// --- Settings -----------------------------------------------------------------------------
// Kept in this browser and put on the root element, so that style sheets can follow them.

function storedSettings() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || {};
  } catch {
    return {};
  }
}

function storeSettings(values) {
  try {
    localStorage.setItem(STORE, JSON.stringify(values));
  } catch {
    // Private windows may refuse storage; the settings then last until the page closes.
  }
}

function applySettings(values) {
  const root = document.documentElement;
  root.dataset.calContrast = values.contrast || "theme";
  root.dataset.calCharts = values.charts === false ? "off" : "on";
  root.dataset.calMotion = values.motion === false ? "off" : "on";
  const size = SIZES[values.text_size] || "";
  if (size) root.style.setProperty("--jp-content-font-size1", size);
  else if (root.dataset.calText && root.dataset.calText !== "normal") {
    root.style.removeProperty("--jp-content-font-size1");
  }
  root.dataset.calText = values.text_size || "normal";
  window.dispatchEvent(new Event("calcinosis-settings"));
}

if (!document.documentElement.dataset.calCharts) applySettings(storedSettings());
