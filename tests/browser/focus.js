// What somebody who looks at the page sees of the focus, and how far it is to the target. A stop is looked at once more
// from the next one, when the mark of the focus must be gone from it.
(target) => {
  const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const MARKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderTopWidth",
    "borderTopColor"];

  const look = (one) => JSON.stringify([one, ...one.labels ?? []].flatMap((part) => [null, "::before"].map((pseudo) => {
    const style = getComputedStyle(part, pseudo);
    return MARKS.map((name) => style[name]);
  })));

  const isHit = (one, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return one.contains(hit) || [...one.labels ?? []].some((label) => label.contains(hit));
  };

  const isCovered = (one) => {
    const box = one.getClientRects()[0];
    if (!box?.width || !box.height) return true;
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    if (right <= left || bottom <= top) return true;
    return ![(top + bottom) / 2, top + 2].every((y) => isHit(one, (left + right) / 2, y));
  };

  const nameOf = (one) => `${one.tagName} ${one.id || one.name || ""} ${one.textContent.trim().slice(0, 40)}`;

  const focused = document.activeElement === document.body ? null : document.activeElement;
  const main = document.getElementById("main-content");
  // The way on begins at the focus, else at the place that the address names.
  const here = focused ?? document.getElementById(decodeURIComponent(location.hash.slice(1)));
  // The text as a whole has no mark: it has the focus for one key, after the link that skips what is before it.
  const place = focused === main ? null : focused;

  const last = window.lastStop;
  const isBare = last && last.one !== focused && last.one.isConnected && last.look === look(last.one);
  window.lastStop = place && { one: place, look: look(place) };

  const stops = [...document.querySelectorAll(STOPS)].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }));
  const after = (one) => stops.findIndex((stop) => one.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
  const at = (one) => (stops.includes(one) ? stops.indexOf(one) : after(one) - 1);
  const group = target.type === "radio" ? [...target.form.elements].filter((one) => one.name === target.name) : [target];

  return {
    isThere: group.includes(focused),
    isFresh: !here,
    isSkipLink: focused?.classList.contains("govuk-skip-link") ?? false,
    isInMain: main.contains(target),
    name: focused ? nameOf(focused) : "nothing",
    bare: isBare ? nameOf(last.one) : "",
    isCovered: place !== null && isCovered(place),
    count: stops.length,
    here: here ? at(here) : -1,
    target: stops.indexOf(target),
    main: at(main),
  };
}
