// Saves a section while it is being written. What cannot be saved (no connection, signed out, a place to correct) stays
// in this tab and is offered again; another person's text is never written over.
const PAUSE = 2500;
const RETRY = 15000;
const PREFIX = "unsaved:";
const NEVER_KEPT = new Set(["csrf_token"]);
const SEEN = new Set(["revision", "seen_text"]);

let timer = 0;
let sending = null;
let isDirty = false;
let isLeaving = false;
let isSignedOut = false;
let latest = null;

const current = () => document.querySelector("form[data-autosave]");
const key = (form) => PREFIX + new URL(form.action).pathname;
const words = (form) => JSON.parse(form.dataset.words);
const pairs = (form) => [...new FormData(form)].filter(([name]) => !NEVER_KEPT.has(name));

const keep = (form, values = {}) => {
  try {
    sessionStorage.setItem(key(form), JSON.stringify({ pairs: pairs(form), ...values }));
  } catch {
    // No room or no permission: the boxes on the page still hold the text.
  }
};
const drop = (form) => sessionStorage.removeItem(key(form));

const say = (form, text, isSaved = false, link = "") => {
  const line = form.querySelector(".app-saved");
  if (!line) return;
  if (line.textContent.trim() === `${text} ${link}`.trim()) return; // it is read out at each change
  line.classList.toggle("app-saved--offline", !isSaved);
  const shown = [document.createTextNode(` ${text} `)];
  if (link) {
    shown.push(Object.assign(document.createElement("a"), {
      href: form.dataset.signIn, target: "_blank", rel: "noopener", className: "govuk-link", textContent: link,
    }));
  }
  line.replaceChildren(...shown);
};

const later = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
};

// A row added meanwhile has replaced the form: it has not seen what was saved in between, the person has.
const catchUp = (form) => {
  if (!latest || latest.key !== key(form) || Number(form.elements.revision.value) >= latest.revision) return;
  form.elements.revision.value = latest.revision;
  form.elements.seen_text.value = latest.seen_text;
};

const took = (form, told, sent) => {
  latest = { key: key(form), revision: told.revision, seen_text: told.seen_text };
  const now = current();
  if (!now || key(now) !== latest.key) return;
  catchUp(now);
  const total = now.querySelector("[data-total]");
  if (total && told.total !== undefined) total.textContent = told.total;
  isSignedOut = false;
  isDirty = JSON.stringify(textOf(now)) !== sent;
  if (isDirty) {
    keep(now);
    later(PAUSE);
  } else {
    drop(now);
    say(now, told.message, true);
  }
};

const textOf = (form) => pairs(form).filter(([name]) => !SEEN.has(name));

const send = async (form) => {
  const sent = JSON.stringify(textOf(form));
  const body = new URLSearchParams([...new FormData(form), ["go", "auto"]]);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  } catch {
    say(form, words(form).offline);
    later(RETRY);
    return;
  }
  const isTold = answer.headers.get("Content-Type")?.startsWith("application/json");
  const told = isTold ? await answer.json() : {};
  if (answer.ok && isTold) took(form, told, sent);
  else if (!isTold && [400, 403].includes(answer.status)) {
    isSignedOut = true;
    say(form, words(form).signedOut, false, words(form).signIn);
  } else {
    if (told.isStopped) drop(form); // what must not be received is not kept here either
    say(form, told.message ?? words(form).refused);
  }
};

const save = async () => {
  clearTimeout(timer);
  const form = current();
  if (!form || !isDirty || isLeaving) return;
  if (!sending) sending = send(form).finally(() => { sending = null; });
  await sending;
};

// Signed in again in another tab: the old token belongs to the old sign-in.
const signedInAgain = async () => {
  const form = current();
  if (!form || !isSignedOut) return;
  const answer = await fetch(form.action, { redirect: "follow" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("form[data-autosave] [name=csrf_token]");
  if (!fresh) return;
  isSignedOut = false;
  for (const token of document.querySelectorAll("[name=csrf_token]")) token.value = fresh.value;
  await save();
};

const changed = (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (!form || !event.target.name) return;
  isDirty = true;
  keep(form);
  if (!isSignedOut) {
    say(form, words(form).waiting);
    later(PAUSE);
  }
};

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("visibilitychange", () => (document.hidden ? save() : signedInAgain()));
window.addEventListener("focus", signedInAgain);
window.addEventListener("online", () => save());
window.addEventListener("beforeunload", (event) => {
  if (isDirty && !isLeaving) event.preventDefault();
});

// A row was added, moved or removed: seen, not saved; the next word that is typed saves it.
document.addEventListener("htmx:after:swap", () => {
  const form = current();
  if (!form) return;
  catchUp(form);
  isDirty = true;
  keep(form);
});
window.addEventListener("pageshow", () => { isLeaving = false; });

// Sent by hand while it is being saved: wait, or the person would be in conflict with themself.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-autosave]") || event.defaultPrevented) return;
  clearTimeout(timer);
  if (sending) {
    event.preventDefault();
    const { submitter } = event;
    await sending;
    form.requestSubmit(submitter);
    return;
  }
  isLeaving = true;
  if (isDirty) keep(form, { isSent: true });
});

// The page after a form that worked says so: what was kept of it is on the server now. What was stopped is nowhere.
export const clearSaved = () => {
  if (!document.querySelector(".govuk-notification-banner--success, [data-stopped]")) return;
  for (const name of Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX))) {
    if (JSON.parse(sessionStorage.getItem(name)).isSent) sessionStorage.removeItem(name);
  }
};

const same = (form, kept) => {
  const text = (list) => JSON.stringify(list.filter(([name]) => !SEEN.has(name)));
  return text(pairs(form)) === text(kept.pairs);
};

const putBack = (form, kept) => {
  const filled = Object.assign(document.createElement("form"), { method: "post", action: form.action, hidden: true });
  const token = form.elements.csrf_token.value;
  for (const [name, value] of [...kept.pairs, ["csrf_token", token], ["row", "show:"]]) {
    const box = document.createElement("textarea");
    Object.assign(box, { name, value });
    filled.append(box);
  }
  document.body.append(filled);
  filled.submit();
};

export const offerUnsaved = () => {
  const form = current();
  if (form?.querySelector(".app-saved--offline")) {
    isDirty = true;
    keep(form);
    return;
  }
  const kept = form && JSON.parse(sessionStorage.getItem(key(form)) ?? "null");
  if (!kept) return;
  if (same(form, kept)) {
    drop(form);
    return;
  }
  const offer = document.getElementById("unsaved");
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const { unsaved } = event.target.dataset;
    if (!unsaved) return;
    if (unsaved === "back") putBack(form, kept);
    else {
      drop(form);
      offer.hidden = true;
    }
  });
};
