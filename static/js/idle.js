// What happens on a page at which nobody is? It is covered and the session is locked; nothing that was typed or chosen
// is lost, a file neither: the page itself stays as it is, out of sight and out of reach, and comes back when password
// or code was given, or when the same person signed in again in another window. Locking by hand is the same.
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
let hid = [];

function token() {
  return template.content.querySelector("[name=csrfmiddlewaretoken]").value;
}

// A page that was opened before the last sign-in sends a token that is not this browser's any more. It is given the new
// one where the same person signed in; false: nobody is signed in. Somebody else is shown a page of their own instead.
async function renew() {
  const answer = await fetch(template.dataset.again, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(".sign-in [name=csrfmiddlewaretoken]")?.value;
  if (page.querySelector(".sign-in")?.dataset.who !== template.dataset.who) {
    window.location.reload();
    return false;
  }
  for (const root of [document, template.content]) {
    root.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => {
      field.value = fresh;
    });
  }
  return true;
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
  // Behind the cover nothing may be read out or reached by the keyboard, whatever the style sheet does.
  hid = [...document.body.children].filter((part) => !part.inert);
  for (const part of hid) part.inert = true;
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
    const give = () => ask(template.dataset.again, { "again-secret": field.value });
    let answer = await give();
    if (answer.redirected) return signedOut();
    let said = await read(answer);
    if (!said) {
      if (!(await renew())) return signedOut();
      answer = await give();
      said = await read(answer);
    }
    if (answer.ok) {
      others?.postMessage("open");
      return uncover();
    }
    if (said?.code !== "refused") return signedOut();
    error.textContent = said.reason;
  } catch {
    error.textContent = error.dataset.offline;
  }
  error.hidden = false;
  field.value = "";
  field.focus();
}

// A refusal in its own words; null: the answer is a page.
async function read(answer) {
  const json = (answer.headers.get("Content-Type") ?? "").includes("json");
  return json ? answer.json() : null;
}

// The session is over, not only locked. The page waits under its cover until the same person is signed in again.
function signedOut() {
  lock(false);
  cover.querySelector("#idle-out").hidden = false;
  cover.querySelector("form").hidden = true;
  cover.setAttribute("aria-labelledby", "idle-out-title");
  cover.querySelector("#idle-out a").focus();
}

// Another tab was unlocked, or somebody signed in there: this page comes back only when its own session is open.
async function opened() {
  if (!cover) return;
  try {
    let answer = await ask(template.dataset.here);
    if (answer.status === 403 && (await renew())) answer = await ask(template.dataset.here);
    if (!cover) return;
    if (answer.status === 204 && !answer.redirected) uncover();
    else if (answer.status !== 423) signedOut();
  } catch {
    // No answer: it stays covered.
  }
}

function uncover() {
  if (!cover) return;
  cover.remove();
  cover = null;
  for (const part of hid) part.inert = false;
  hid = [];
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
  // Locked by hand: covered as well, so that what is on the page is there afterwards.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.getAttribute("action") !== template.dataset.lock) return;
      event.preventDefault();
      event.target.closest("details")?.removeAttribute("open");
      lock(true);
    },
    { capture: true },
  );
  // A form that stays on its page was refused (files.js).
  document.addEventListener("st:refused", (event) => {
    lock(false);
    if (event.detail === "signed-out") signedOut();
    if (event.detail === "token") opened();
  });
  // Whoever comes back from the window in which they signed in.
  window.addEventListener("focus", () => {
    if (cover && !cover.querySelector("#idle-out").hidden) opened();
  });
  // A part of the page that asked on its own and was refused because the session is locked.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 423) lock(false);
  });
}
