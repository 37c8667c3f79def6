// References under a view or an answer: folded when there are many. Joined after kit.js, which
// brings make and show.

function sourceItem(source) {
  const item = make("details", "cal-source");
  const text = make("p", "", source.full + " ");
  if (source.url) {
    const link = make("a", "", source.url.replace(/^https?:\/\//, ""));
    link.href = source.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    text.append(link);
  }
  item.append(make("summary", "", source.short), text);
  return item;
}

function fillSources(box, sources) {
  const wanted = JSON.stringify(sources);
  if (box.dataset.shown === wanted) return;
  box.dataset.shown = wanted;
  show(box, sources.length > 0);
  if (!sources.length) return box.replaceChildren();
  const list = make("div", "cal-source-list");
  list.append(...sources.map(sourceItem));
  if (sources.length <= 3) return box.replaceChildren(make("span", "cal-label", "Sources"), list);
  const open = box.querySelector(":scope > details")?.open || false;
  const group = make("details", "cal-source-group");
  group.open = open;
  group.append(make("summary", "", `Sources (${sources.length})`), list);
  box.replaceChildren(group);
}
