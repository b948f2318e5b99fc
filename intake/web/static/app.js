// Progressive only: every page works without this file.
import { initAll } from "./vendor/govuk-frontend.min.js";
import { clearSaved, offerUnsaved } from "./autosave.js";
import { makeSearchable } from "./searches.js";
import { guardSending } from "./sending.js";
import { showPlace } from "./places.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

const start = (scope) => {
  initAll({
    scope,
    onError: (error) => {
      if (error.name !== "InitError") console.error(error); // what was on the page before the swap is already started
    },
  });
  makeSearchable(scope);
};

start(document);
document.addEventListener("htmx:after:swap", () => start(document));

if (window.matchMedia("(max-width: 40em)").matches) {
  for (const list of document.querySelectorAll("details[data-closed-on-phones]")) list.open = false;
}

guardSending();
clearSaved();
offerUnsaved();
showPlace();
