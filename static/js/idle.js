// What happens on a page at which nobody is? It is covered and the session is locked; nothing that was typed is lost.
// The page itself stays as it is, out of sight and out of reach, and comes back when password or code was given.
// The server keeps time as well: without this script the session locks by the time since the last request.

const template = document.getElementById("idle");
const others = "BroadcastChannel" in window ? new BroadcastChannel("st-idle") : null;
const IDLE = template ? 60000 * Number(template.dataset.minutes) : 0;
// The server is told that somebody is there at most so often.
const TELL = Math.min(60000, IDLE / 4);

let last = Date.now();
let told = Date.now();
let cover = null;
let before = null;
let scrolled = 0;

function token() {
  return template.content.querySelector("[name=csrfmiddlewaretoken]").value;
}

function ask(address, fields = {}) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
}

function somebody() {
  if (cover) return;
  const now = Date.now();
  if (now - last > IDLE) return lock(true);
  last = now;
  if (now - told < TELL) return;
  told = now;
  others?.postMessage("here");
  ask(template.dataset.here)
    .then((answer) => {
      if (answer.status === 423) lock(false);
    })
    .catch(() => {});
}

function lock(tell) {
  if (cover) return;
  // Whatever was revealed is gone before the page is covered.
  window.dispatchEvent(new Event("blur"));
  before = document.activeElement;
  scrolled = window.scrollY;
  document.querySelectorAll("dialog[open]").forEach((open) => open.close());
  cover = template.content.firstElementChild.cloneNode(true);
  document.body.append(cover);
  document.documentElement.dataset.locked = "";
  cover.querySelector("form").addEventListener("submit", unlock);
  cover.querySelector("#idle-secret").focus();
  document.dispatchEvent(new Event("st:locked"));
  if (!tell) return;
  others?.postMessage("locked");
  ask(template.dataset.lock).catch(() => {});
}

async function unlock(event) {
  event.preventDefault();
  event.stopPropagation();
  const field = cover.querySelector("#idle-secret");
  const error = cover.querySelector("#idle-error");
  try {
    const answer = await ask(template.dataset.again, { "again-secret": field.value });
    // Signed out meanwhile: the page that asks for a sign-in is the answer.
    if (answer.redirected) return window.location.reload();
    const said = await answer.json();
    if (answer.ok) {
      others?.postMessage("open");
      return uncover();
    }
    if (said.code !== "refused") return window.location.reload();
    error.textContent = said.reason;
  } catch {
    error.textContent = error.dataset.offline;
  }
  error.hidden = false;
  field.value = "";
  field.focus();
}

// Another tab was unlocked, or somebody signed in there: this page comes back only when its own session is open.
async function opened() {
  if (!cover) return;
  try {
    const answer = await ask(template.dataset.here);
    if (answer.status === 204 && !answer.redirected) uncover();
    else if (answer.status !== 423) window.location.reload();
  } catch {
    // No answer: it stays covered.
  }
}

function uncover() {
  if (!cover) return;
  cover.remove();
  cover = null;
  last = told = Date.now();
  delete document.documentElement.dataset.locked;
  window.scrollTo(0, scrolled);
  before?.focus?.({ preventScroll: true });
  document.dispatchEvent(new Event("st:unlocked"));
}

if (template && IDLE) {
  for (const kind of ["keydown", "pointerdown", "input", "wheel", "touchmove"]) {
    document.addEventListener(kind, somebody, { capture: true, passive: true });
  }
  setInterval(() => {
    if (!cover && Date.now() - last > IDLE) lock(true);
  }, 1000);
  // A machine that slept wakes up locked.
  document.addEventListener("visibilitychange", () => {
    if (!cover && document.visibilityState === "visible" && Date.now() - last > IDLE) lock(true);
  });
  others?.addEventListener("message", (event) => {
    if (event.data === "here" && !cover) last = told = Date.now();
    else if (event.data === "locked") lock(false);
    else if (event.data === "open") opened();
  });
  // A page like this one is given to an open session only.
  others?.postMessage("open");
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === template.dataset.lock) others?.postMessage("locked");
  });
  // A part of the page that asked on its own and was refused because the session is locked.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 423) lock(false);
  });
}
