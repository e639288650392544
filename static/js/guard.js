// How are words that may say who somebody is marked while they are typed?
// The server is asked a moment after the last key; it keeps nothing. Marks lie under the text and stand in a list beside it.

const PAUSE = 700;

class Guard {
  constructor(part) {
    this.part = part;
    this.field = document.getElementById(part.dataset.for);
    this.list = part.querySelector("[data-marks]");
    this.heading = part.querySelector("[data-heading]");
    this.layer = document.createElement("div");
    this.layer.className = "marks-layer";
    this.layer.setAttribute("aria-hidden", "true");
    const frame = document.createElement("div");
    frame.className = "guarded";
    this.field.replaceWith(frame);
    frame.append(this.layer, this.field);
    this.asked = 0;
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("scroll", () => this.scroll());
    new ResizeObserver(() => this.fit()).observe(this.field);
    this.fit();
    this.ask();
  }

  typed() {
    this.draw([]); // marks of an older text would lie under other words
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.field.value;
    const number = ++this.asked;
    const token = this.field.form.elements.namedItem("csrfmiddlewaretoken").value;
    try {
      const answer = await fetch(this.part.dataset.guard, {
        method: "POST",
        body: new URLSearchParams({ text, csrfmiddlewaretoken: token }),
        credentials: "same-origin",
        redirect: "error",
      });
      if (answer.status === 429) this.timer = setTimeout(() => this.ask(), 5000);
      if (!answer.ok || number !== this.asked || text !== this.field.value) return;
      const found = await answer.json();
      this.show(found.said, withUnits(text, found.marks));
    } catch {
      // Without an answer nothing is marked; the check before presenting asks again.
    }
  }

  show(said, marks) {
    this.draw(marks);
    if (this.heading.textContent !== said) this.heading.textContent = said;
    this.part.classList.toggle("some", marks.length > 0);
    const shape = this.part.querySelector("template[data-mark]");
    this.list.replaceChildren(...marks.map((mark) => {
      const row = shape.content.cloneNode(true).firstElementChild;
      const words = this.field.value.slice(mark.from, mark.to);
      row.querySelector("[data-mark-words]").textContent = words;
      row.querySelector("[data-mark-label]").textContent = mark.label;
      row.querySelector("[data-mark-why]").textContent = mark.why;
      row.querySelector("[data-mark-instead]").textContent = mark.instead;
      row.querySelector("button").addEventListener("click", () => {
        this.field.focus();
        this.field.setSelectionRange(mark.from, mark.to);
      });
      return row;
    }));
  }

  draw(marks) {
    const text = this.field.value;
    const parts = [];
    let at = 0;
    marks.forEach((mark, n) => {
      const word = document.createElement("mark");
      word.dataset.n = String(n + 1);
      word.textContent = text.slice(mark.from, mark.to);
      parts.push(text.slice(at, mark.from), word);
      at = mark.to;
    });
    this.layer.replaceChildren(...parts, `${text.slice(at)}\n`);
    this.scroll();
  }

  scroll() {
    this.layer.scrollTop = this.field.scrollTop;
  }

  fit() {
    this.layer.style.height = `${this.field.offsetHeight}px`;
    this.scroll();
  }
}

// The server counts characters, the browser counts UTF-16 units.
function withUnits(text, marks) {
  const units = [0];
  for (const character of text) units.push(units.at(-1) + character.length);
  return marks.map((mark) => ({ ...mark, from: units[mark.start], to: units[mark.end] }));
}

document.querySelectorAll("[data-guard]").forEach((part) => new Guard(part));
