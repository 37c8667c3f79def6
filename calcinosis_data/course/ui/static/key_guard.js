// For a group of stock controls that has no other widget of ours in it.

function render({ model, el }) {
  el.classList.add("cal-hidden");
  let stop = () => {};
  whenAttached(el, () => {
    const group = el.parentElement.closest(".cal-kit") || el.parentElement;
    hideSnapshot(group);
    guard(group);
    stop = followKernel(el, group, model);
  });
  return () => stop();
}

export default { render };
