// How does one choose among a hundred codes by typing?
// A filter box over the native choices: Enter takes the marked one. Box, list and chosen ones are one tab stop each.

const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

// Where a typed word was found, and how much that says.
const LABEL = 4, CODE = 3, SYNONYM = 2, WHOLE = 100, START = 20;

class Choice {
  constructor(input) {
    this.input = input;
    this.row = input.closest("[data-search]");
    this.group = input.closest("details.group");
    this.label = [...this.row.querySelector("label").childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join("").trim();
    this.category = this.group?.querySelector("legend").textContent.trim() ?? "";
    this.kind = plain(this.category);
    this.code = plain(input.value.split(":").pop());
    this.said = plain(this.label);
    const initials = this.code.split(" ").map((word) => word[0]).join("");
    this.tokens = [
      ...this.said.split(" ").map((token) => [token, LABEL]),
      ...[this.code, this.kind].flatMap((words) => words.split(" ")).map((token) => [token, CODE]),
      ...plain(this.row.dataset.search).split(" ").map((token) => [token, SYNONYM]),
    ];
    if (initials.length > 2) this.tokens.push([initials, CODE]);
  }

  // 0: not found. Every typed word has to begin a word of the choice; `least`: how much its words have to say.
  score(query, least = SYNONYM) {
    if (query === this.code || query === this.said) return WHOLE;
    let sum = this.said.startsWith(query) ? START : 0;
    for (const word of query.split(" ")) {
      let best = 0;
      for (const [token, weight] of this.tokens)
        if (weight >= least && token.startsWith(word)) best = Math.max(best, weight + (token === word ? 1 : 0));
      if (!best) return 0;
      sum += best;
    }
    // Of equals, the one whose category begins so: "drug" is drug use before drug trafficking.
    return sum + (this.kind.startsWith(query) ? 0.5 : 0);
  }

  inside(query) {
    return this.said.includes(query) ? 1 : 0;
  }
}

class Picker {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.find = root.querySelector("[data-find]");
    this.box = this.find.querySelector("input");
    this.said = root.querySelector("[data-said]");
    this.browse = root.querySelector("[data-browse]");
    this.list = root.querySelector("[data-browse] > div");
    this.chosenPart = root.querySelector("[data-chosen]");
    this.chips = root.querySelector("[data-chips]");
    this.choices = [...root.querySelectorAll("[data-search] input")].map((input) => new Choice(input));
    this.groups = [...root.querySelectorAll("details.group")];
    this.find.hidden = false;
    this.chosenPart.hidden = false;
    // Shown whole only where there is room and categories keep it short.
    this.browse.open = this.groups.length > 0 && matchMedia("(min-width: 641px)").matches;
    this.groups.forEach((group) => (group.open = false));
    this.marked = null;
    this.listen();
    this.draw();
  }

  listen() {
    this.box.addEventListener("input", () => this.filter());
    this.box.addEventListener("keydown", (event) => this.inBox(event));
    this.browse.addEventListener("keydown", (event) => this.inList(event));
    this.chips.addEventListener("keydown", (event) => this.inChips(event));
    this.root.addEventListener("toggle", () => this.rove(), true);
    this.root.addEventListener("focusin", (event) => {
      if (this.stops().includes(event.target)) this.rove(event.target);
    });
    this.root.addEventListener("change", (event) => {
      const choice = this.choices.find((one) => one.input === event.target);
      if (!choice) return;
      this.draw();
      this.say(event.target.checked ? this.words.added : this.words.removed, choice);
    });
    // Back and forward bring the choices back after the page was read.
    window.addEventListener("pageshow", () => this.draw());
  }

  get picked() {
    return this.choices.filter((choice) => choice.input.checked);
  }

  // --- the filter box ---------------------------------------------------------------------------------------------

  filter() {
    const query = plain(this.box.value);
    const before = this.filtered ?? this.groups.map((group) => group.open);
    this.filtered = query ? before : null;
    // Two or three letters begin too many other words: those count where nothing else is found.
    let scored = this.choices.map((choice) => [choice, query ? choice.score(query, query.length > 3 ? SYNONYM : CODE) : 1]);
    if (query && !scored.some(([, score]) => score)) scored = this.choices.map((c) => [c, c.score(query)]);
    if (query && !scored.some(([, score]) => score)) scored = this.choices.map((c) => [c, c.inside(query)]);
    scored.forEach(([choice, score]) => (choice.row.hidden = !score));
    this.groups.forEach((group, n) => {
      const found = group.querySelector("[data-search]:not([hidden])");
      group.hidden = !found;
      group.open = query ? Boolean(found) : before[n];
    });
    if (query && this.openBefore === undefined) this.openBefore = this.browse.open;
    this.browse.open = query ? true : (this.openBefore ?? this.browse.open);
    if (!query) this.openBefore = undefined;
    this.browse.classList.toggle("filtered", Boolean(query));
    this.best = null;
    const found = scored.filter(([, score]) => query && score).sort((a, b) => b[1] - a[1]);
    if (found.length) {
      const free = found.find(([choice]) => !choice.input.checked);
      this.best = found[0][1] >= WHOLE || !free ? found[0][0] : free[0];
    }
    this.mark(this.best);
    this.rove(this.best?.input);
    clearTimeout(this.waiting);
    if (query) this.waiting = setTimeout(() => this.tell(found.length), 250);
    else this.said.textContent = "";
  }

  tell(count) {
    if (!count) this.said.textContent = this.words.none.replace("QQ", this.box.value.trim());
    else {
      const many = count === 1 ? this.words.one : this.words.many.replace("NN", String(count));
      this.said.textContent = `${many} ${this.words.first.replace("LL", this.best.label)}`;
    }
  }

  mark(choice) {
    this.marked?.row.classList.remove("now");
    this.root.querySelector(".go")?.remove();
    this.marked = choice;
    if (!choice) return;
    choice.row.classList.add("now");
    choice.row.append(this.root.querySelector("template[data-enter]").content.cloneNode(true));
  }

  inBox(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault(); // the form is sent by its button, never by a word that found nothing
      if (this.box.value.trim()) this.take();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.browse.open = true;
      (this.best?.input ?? this.stops()[0])?.focus();
    } else if (event.key === "Escape" && this.box.value) {
      event.preventDefault();
      this.clear();
    }
  }

  take() {
    const choice = this.best;
    if (!choice) return this.tell(0);
    if (choice.input.checked) return this.say(this.words.already, choice);
    this.set(choice, true);
    this.clear();
    this.say(this.words.added, choice);
  }

  clear() {
    this.box.value = "";
    this.filter();
  }

  set(choice, checked) {
    choice.input.checked = checked;
    choice.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  say(words, choice) {
    clearTimeout(this.waiting);
    this.said.textContent = words.replace("LL", choice.label).replace("NN", String(this.picked.length));
  }

  // --- the list: one tab stop, arrow keys inside --------------------------------------------------------------------

  stops() {
    const all = [...this.browse.querySelectorAll("summary, [data-search] input")];
    return all.filter((one) => one.checkVisibility?.({ visibilityProperty: true }) ?? one.offsetParent);
  }

  rove(wanted) {
    const stops = this.stops();
    const now = wanted && stops.includes(wanted) ? wanted : stops.find((one) => one.tabIndex === 0) ?? stops[0];
    this.browse.querySelectorAll("summary, [data-search] input").forEach((one) => (one.tabIndex = one === now ? 0 : -1));
  }

  inList(event) {
    const stops = this.stops();
    const at = stops.indexOf(event.target);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (to < 0) this.box.focus();
      else stops[Math.min(to, stops.length - 1)].focus();
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      event.target.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.clear();
      this.box.focus();
    }
  }

  // --- the chosen ones ----------------------------------------------------------------------------------------------

  draw() {
    const picked = this.picked;
    this.chips.replaceChildren(...picked.map((choice) => this.chip(choice)));
    this.chips.querySelectorAll("button").forEach((button, n) => (button.tabIndex = n ? -1 : 0));
    this.chosenPart.querySelector("[data-count]").textContent = String(picked.length);
    this.chosenPart.querySelector("[data-nothing]").hidden = picked.length > 0;
    this.groups.forEach((group) => {
      const inside = picked.filter((choice) => choice.group === group).length;
      group.classList.toggle("some", inside > 0);
    });
    this.rove();
  }

  chip(choice) {
    const made = this.root.querySelector("template[data-chip]").content.cloneNode(true).firstElementChild;
    const small = made.querySelector("small");
    if (choice.category) small.textContent = choice.category;
    else small.remove();
    made.querySelector("b").textContent = choice.label;
    const button = made.querySelector("button");
    const whole = [choice.category, choice.label].filter(Boolean).join(", ");
    button.setAttribute("aria-label", this.words.remove.replace("LL", whole));
    button.addEventListener("click", () => this.drop(choice, button));
    return made;
  }

  drop(choice, button) {
    const at = [...this.chips.querySelectorAll("button")].indexOf(button);
    this.set(choice, false);
    const left = [...this.chips.querySelectorAll("button")];
    (left[Math.min(at, left.length - 1)] ?? this.box).focus();
  }

  inChips(event) {
    const buttons = [...this.chips.querySelectorAll("button")];
    const at = buttons.indexOf(event.target);
    if (at < 0) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      event.target.click();
      return;
    }
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !buttons[to]) return;
    event.preventDefault();
    buttons.forEach((button, n) => (button.tabIndex = n === to ? 0 : -1));
    buttons[to].focus();
  }
}

document.querySelectorAll("[data-picker]").forEach((root) => new Picker(root));
