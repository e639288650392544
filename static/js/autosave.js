// How does a section save itself while somebody types?
// It sends its form to its own address, a moment after the last change; nothing of another person is overwritten.

const PAUSE = 1200;

class Autosave {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-saved]");
    this.words = form.querySelector("[data-saved-words]");
    this.before = this.content();
    this.sending = null;
    this.paused = false;
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", (event) => this.atSubmit(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save();
    });
  }

  // What the person said, without key and versions.
  content() {
    const data = new URLSearchParams(new FormData(this.form));
    for (const name of [...data.keys()]) if (name === "key" || name.startsWith("seen_")) data.delete(name);
    return data.toString();
  }

  later() {
    clearTimeout(this.timer);
    if (!this.paused) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  // One at a time; what was typed meanwhile follows.
  save() {
    clearTimeout(this.timer);
    const content = this.content();
    if (this.paused || this.sending || this.leaving || content === this.before) return;
    this.sending = this.send(content).finally(() => {
      this.sending = null;
      if (this.content() !== content) this.later();
    });
  }

  async send(content) {
    const data = new URLSearchParams(new FormData(this.form));
    data.set("later", "1");
    data.set("autosave", "1");
    try {
      const answer = await fetch(this.form.action || location.href, {
        method: "POST", body: data, keepalive: true, redirect: "error", credentials: "same-origin",
      });
      const said = await answer.json();
      if (said.fields) this.renew(said.fields);
      if (answer.ok) this.before = content;
      if (answer.status === 409) this.meet(said);
      this.say(said.said ?? this.state.dataset.failed, answer.ok);
    } catch {
      this.say(this.state.dataset.failed, false);
    }
  }

  renew(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.form.elements.namedItem(name);
      if (field) field.value = value;
    }
  }

  meet(said) {
    this.paused = true;
    document.querySelector("[data-theirs]").innerHTML = said.html;
    this.form.querySelector("[data-save]").textContent = this.form.querySelector("[data-save]").dataset.mine;
  }

  say(words, ok) {
    this.state.hidden = false;
    this.state.classList.toggle("not", !ok);
    this.words.textContent = words;
  }

  // The button waits for a save that is under way, so that the form does not meet its own.
  atSubmit(event) {
    clearTimeout(this.timer);
    if (!this.sending) {
      this.leaving = true;
      setTimeout(() => (this.leaving = false), 10000);
      return;
    }
    event.preventDefault();
    const submitter = event.submitter;
    this.sending.finally(() => {
      clearTimeout(this.timer);
      if (!this.paused) this.form.requestSubmit(submitter);
    });
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
