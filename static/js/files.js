// How does a chosen file stay chosen? No page can hold a file, so the page stays: its form is sent by this script, and
// what the answer changes is put in the place of what stood here, with the same file in it. A locked or ended session
// covers the page (idle.js); unlocked, the form is sent on. Without this script the server says that the file must be
// chosen again, and keeps everything else.

const main = document.getElementById("main");
let waiting = null; // what is to be sent on when the page is open again
let tries = 0;

const files = (root) => [...root.querySelectorAll("input[type=file]")];
const chosen = (form) => files(form).some((field) => field.files.length > 0);

async function send(form, submitter) {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  submitter?.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(form.action || location.href, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { "X-Stays": "1" },
      cache: "no-store",
    });
    const leads = answer.headers.get("X-Leads-To");
    if (leads) return location.assign(leads);
    if ((answer.headers.get("Content-Type") ?? "").includes("json")) return refused(await answer.json(), form, submitter);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) show(page);
    else notSent(reasonOf(page));
  } catch {
    notSent();
  } finally {
    delete form.dataset.sent;
    submitter?.removeAttribute("aria-disabled");
  }
}

// Locked, signed out, or opened before the last sign-in: the page is covered, and the form goes on afterwards.
function refused(said, form, submitter) {
  if (tries > 2 || !["locked", "signed-out", "token", "confirm"].includes(said.code)) return notSent(said.reason);
  tries += 1;
  waiting = { form, submitter };
  document.dispatchEvent(new CustomEvent("st:refused", { detail: said.code }));
}

function show(page) {
  const made = page.getElementById("main");
  if (!made) return notSent();
  tries = 0;
  keepFiles(made);
  document.title = page.title;
  main.replaceChildren(...made.childNodes);
  document.dispatchEvent(new Event("st:shown"));
  if (main.querySelector("[data-focus]")) return;
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

// The field that holds the file takes the place of the empty one; what the answer says of it is said of it too.
function keepFiles(made) {
  const held = new Map(files(main).filter((field) => field.files.length).map((field) => [field.name, field]));
  for (const empty of files(made)) {
    const field = held.get(empty.name);
    if (!field) continue;
    // Its kind stays: a field that is no file for a moment has lost its file.
    for (const { name } of [...field.attributes]) if (name !== "type") field.removeAttribute(name);
    for (const { name, value } of empty.attributes) if (name !== "type") field.setAttribute(name, value);
    empty.replaceWith(field);
  }
  if (!held.size) return;
  made.querySelectorAll("[data-chosen-again]").forEach((words) => (words.hidden = true));
  made.querySelectorAll("[data-still-chosen]").forEach((words) => (words.hidden = false));
}

// A refusal would take the place of the page, and the file with it: only its reason is shown.
function reasonOf(page) {
  return ["h1", ".lead"].map((part) => page.querySelector(`#main ${part}`)?.textContent.trim() ?? "").join(". ");
}

function notSent(reason = "") {
  const told = document.getElementById("not-sent");
  const words = told?.querySelector("[data-words]");
  if (!words) return;
  tries = 0;
  words.dataset.words ||= words.textContent;
  words.textContent = reason || words.dataset.words;
  told.hidden = false;
  told.focus();
}

document.addEventListener("st:unlocked", () => {
  if (!waiting) return;
  const { form, submitter } = waiting;
  waiting = null;
  send(form, submitter);
});

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("[data-files]") || !chosen(form)) return;
    event.preventDefault();
    document.getElementById("not-sent").hidden = true;
    send(form, event.submitter);
  },
  { capture: true },
);
