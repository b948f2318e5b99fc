// A link to a place inside a closed row opens the row and puts the focus into the box.
const CONTROLS = "input:not([type=hidden]), select:not([hidden]), textarea, summary, button";

const target = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

const go = (place) => {
  for (let around = place; around; around = around.parentElement?.closest("details")) {
    if (around.tagName === "DETAILS") around.open = true;
  }
  const control = place.matches(CONTROLS) ? place : place.querySelector(CONTROLS);
  (place.closest(".govuk-form-group") ?? place).scrollIntoView({ block: "start" });
  control?.focus({ preventScroll: true });
};

const isInside = (place) => place?.closest("form[data-autosave], #editor");

export const showPlace = () => {
  const place = location.hash ? target(location.hash) : null;
  if (isInside(place)) go(place);
};

// Before the summary of errors looks for the box: in a closed row there would be nothing to focus.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const place = link && target(link.hash);
  if (!isInside(place)) return;
  event.preventDefault();
  event.stopPropagation();
  history.replaceState(history.state, "", link.hash);
  go(place);
}, { capture: true });
