// Long lists can be searched: a list to choose one from becomes a box with suggestions (ARIA combobox), boxes to tick
// get a line that narrows them. Without this file they are the browser's own list and boxes.
const MOST_SHOWN = 40;

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
const fits = (text, words) => words.every((word) => text.includes(word));
const wordsOf = (typed) => fold(typed).split(/\s+/).filter(Boolean);

let made = 0;

const element = (tag, values) => Object.assign(document.createElement(tag), values);

class Search {
  constructor(select) {
    this.select = select;
    this.nothing = select.dataset.search;
    this.options = [...select.options].filter((option) => option.value);
    this.active = -1;
    this.build();
    this.show(select.selectedOptions[0]);
  }

  build() {
    const { select } = this;
    const list = `search-${made += 1}`;
    this.list = element("ul", { id: list, className: "app-combo__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.input = element("input", { id: select.id, className: "govuk-input", type: "text", autocomplete: "off" });
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent.trim() ?? "";
    this.list.setAttribute("aria-label", label);
    const states = { role: "combobox", "aria-expanded": "false", "aria-controls": list, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(states)) this.input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-label", "aria-invalid"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    }
    if (!select.options[0]?.value) this.input.placeholder = select.options[0]?.label ?? "";
    if (select.classList.contains("govuk-select--error")) this.input.classList.add("govuk-input--error");
    select.id = `${select.id}-list`;
    select.hidden = true;
    const box = element("div", { className: "app-combo" });
    select.before(box);
    box.append(this.input, this.list, select);
    this.input.addEventListener("input", () => this.suggest(this.input.value));
    this.input.addEventListener("click", () => this.suggest(""));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.leave());
    // The focus stays in the box, so that leaving it means leaving the whole thing.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[data-value]")?.dataset.value));
  }

  show(option) {
    this.input.value = option?.value ? option.label : "";
    this.input.title = this.input.value;
  }

  suggest(typed) {
    const words = wordsOf(typed);
    const rank = (option) => [fold(typed) !== fold(option.label), !fold(option.label).startsWith(fold(typed))].join();
    const found = this.options.filter((option) => fits(fold(`${option.label} ${option.value}`), words));
    if (words.length) found.sort((one, other) => rank(one).localeCompare(rank(other)));
    this.list.replaceChildren(...found.slice(0, MOST_SHOWN).map((option, place) => {
      const item = element("li", { id: `${this.list.id}-${place}`, textContent: option.label });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.value = option.value;
      return item;
    }));
    if (!found.length) {
      const none = element("li", { className: "app-muted", textContent: this.nothing.replace("%typed", typed) });
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      this.list.append(none);
    }
    this.open(true);
    this.mark(found.length && typed.trim() ? 0 : -1);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.mark(-1);
  }

  mark(place) {
    const items = [...this.list.querySelectorAll("[data-value]")];
    this.active = items.length ? Math.max(-1, Math.min(place, items.length - 1)) : -1;
    for (const item of items) item.setAttribute("aria-selected", String(item === items[this.active]));
    const chosen = items[this.active];
    if (chosen) {
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.mark(this.active + (event.key === "ArrowDown" ? 1 : -1));
      else this.suggest("");
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.list.querySelectorAll("[data-value]")[this.active].dataset.value);
    } else if (event.key === "Enter") this.leave();
    else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.open(false);
    }
  }

  choose(value) {
    if (value === undefined) return;
    this.select.value = value;
    this.show(this.select.selectedOptions[0]);
    this.open(false);
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // What was typed without choosing: the entry it names, nothing, or as it stands, for the server to tell.
  leave() {
    this.open(false);
    const typed = this.input.value.trim();
    if (typed === (this.select.value && this.select.selectedOptions[0].label)) return;
    const named = this.options.filter((option) => [option.label, option.value].some((name) => fold(name) === fold(typed)));
    if (typed && named.length !== 1) this.select.add(new Option(typed, typed));
    this.choose(typed && (named.length === 1 ? named[0].value : typed));
  }
}

const narrowed = (boxes) => {
  const { filter, filterNone } = boxes.dataset;
  delete boxes.dataset.filter;
  const id = `filter-${made += 1}`;
  const line = element("div", { className: "govuk-form-group app-filter-line" });
  const input = element("input", { id, className: "govuk-input", type: "search", autocomplete: "off" });
  const none = element("p", { className: "app-small app-muted", textContent: filterNone, hidden: true });
  none.setAttribute("role", "status");
  line.append(element("label", { className: "govuk-label", htmlFor: id, textContent: filter }), input, none);
  boxes.prepend(line);
  input.addEventListener("input", () => {
    const words = wordsOf(input.value);
    let shown = 0;
    for (const item of boxes.querySelectorAll(".govuk-checkboxes__item")) {
      item.hidden = !fits(fold(item.textContent), words);
      shown += item.hidden ? 0 : 1;
    }
    none.hidden = shown > 0;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // searching sends nothing
  });
};

export const makeSearchable = (scope) => {
  for (const select of scope.querySelectorAll("select[data-search]:not([hidden])")) new Search(select);
  for (const boxes of scope.querySelectorAll("[data-filter]")) {
    if (boxes.querySelectorAll(".govuk-checkboxes__item").length > 12) narrowed(boxes);
  }
};
