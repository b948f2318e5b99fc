// A form on its way is not sent a second time, and its button says so when the answer takes a while.
const PATIENCE = 400;

let waiting = null;

const isOnItsWay = (form) => waiting?.form === form;

const say = () => {
  const { button } = waiting;
  waiting.label = [...button.childNodes];
  button.replaceChildren(document.body.dataset.sending);
  button.setAttribute("aria-disabled", "true");
};

document.addEventListener("submit", (event) => {
  if (!isOnItsWay(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

export const guardSending = () => {
  // Last of all: what holds a form back has done so by now.
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (event.defaultPrevented || form.method === "get" || !button) return;
    waiting = { form, button, timer: setTimeout(say, PATIENCE) };
  });
  // Back on the page by the browser's own button: it is as it was.
  window.addEventListener("pageshow", () => {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    if (waiting.label) waiting.button.replaceChildren(...waiting.label);
    waiting.button.removeAttribute("aria-disabled");
    waiting = null;
  });
};
