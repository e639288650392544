// How does a page follow the meeting? By a stream that says only "changed", and by asking for itself again.
// It never claims to be live without being it: ten seconds without a heartbeat, or without the page a change made
// necessary, and what stands here is taken out of it. Where no stream can be opened it asks every few seconds.

const SILENT = 10000; // milliseconds without a sign of life until the screen is emptied
const WAITING = 6000; // ... until the page says that it is reconnecting
const ASK_EVERY = 3000; // milliseconds between two questions where there is no stream
const JITTER = 250; // a hundred devices must not ask in the same millisecond
const TOLD_FOR = 8000; // how long a message of an act stands
const STAYS = 45000; // milliseconds between two questions of a shared screen that nothing happens on
const GONE = [401, 403, 404, 410];

const main = document.getElementById("main");
const band = document.getElementById("band");
const sign = document.getElementById("live-state");
const said = document.getElementById("live-said");

let stream = null;
let address = "";
let alive = Date.now(); // the last heartbeat, or answer where there is no stream
let owed = 0; // since when a change waits to be shown
let polling = false;
let asking = false;
let again = false;
let over = false;
let off = false;
let kept = []; // what had been typed when the screen was emptied
let told = { node: null, at: 0 };

// --- what stands on the page -----------------------------------------------------------------------------------

const nameOf = (node) => (node.nodeType === 1 ? node.id || node.dataset.key || "" : "");

function alike(old, made) {
  return old.nodeType === made.nodeType && old.nodeName === made.nodeName && nameOf(old) === nameOf(made);
}

// Change what differs and leave the rest alone: focus, typed words, ticked boxes and open folds stay.
function become(old, made) {
  if (old.nodeType !== 1) {
    if (old.data !== made.data) old.data = made.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!made.hasAttribute(name) && name !== "open" && name !== "data-sent") old.removeAttribute(name);
  }
  for (const { name, value } of made.attributes) {
    if (old.getAttribute(name) !== value && name !== "open") old.setAttribute(name, value);
  }
  const named = new Map([...old.childNodes].filter(nameOf).map((child) => [nameOf(child), child]));
  const wanted = new Set([...made.childNodes].map(nameOf).filter(Boolean));
  let at = old.firstChild;
  for (const next of [...made.childNodes]) {
    const name = nameOf(next);
    while (at && nameOf(at) && !wanted.has(nameOf(at))) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    const match = name ? named.get(name) : null;
    if (match && match.parentNode === old && alike(match, next)) {
      if (match !== at) old.insertBefore(match, at);
      become(match, next);
      at = match.nextSibling;
    } else if (at && !name && !nameOf(at) && alike(at, next)) {
      const here = at;
      at = at.nextSibling;
      become(here, next);
    } else {
      old.insertBefore(next, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const newMain = page.getElementById("main");
  if (!newMain) return false;
  keepMessages(newMain);
  const focused = document.activeElement;
  const place = focused?.id;
  if (off) {
    // Nothing of the emptied screen is grown from: what was typed is put back into the page as it is now.
    main.replaceChildren();
    off = false;
  }
  become(main, newMain);
  become(band, page.getElementById("band"));
  bringCurrent();
  putBack();
  if (document.activeElement !== focused && document.activeElement === document.body && focused !== document.body) {
    (focused?.isConnected ? focused : (document.getElementById(place) ?? main)).focus({ preventScroll: true });
  }
  say(main.dataset.say ?? "");
  main.dispatchEvent(new CustomEvent("live:shown", { bubbles: true }));
  return true;
}

// On a telephone the strip is narrower than a meeting: at each turn the item the table is on is brought into it, and
// only then, so that whoever looks along the strip is left alone. Only the strip moves, never the page.
let brought = null;
function bringCurrent() {
  const item = band.querySelector(".strip .on");
  const line = item?.closest("ol");
  if (!line || item === brought) return;
  brought = item;
  const [here, around] = [item.getBoundingClientRect(), line.getBoundingClientRect()];
  line.scrollLeft += here.left - around.left - (around.width - here.width) / 2;
}

// The page fetched anew no longer has the message of an act: leave it long enough to be read.
function keepMessages(newMain) {
  const mine = document.getElementById("messages");
  if (newMain.querySelector("#messages")) told = { node: null, at: 0 };
  else if (mine && mine !== told.node) told = { node: mine, at: Date.now() };
  if (mine && mine === told.node && Date.now() - told.at < TOLD_FOR) {
    newMain.querySelector(":scope > .wrap")?.prepend(mine.cloneNode(true));
    told.node = mine;
  }
}

let lastSaid = main?.dataset.say ?? "";
function say(words) {
  if (words && words !== lastSaid) said.textContent = words;
  lastSaid = words;
}

// --- when there is no contact ------------------------------------------------------------------------------------

function empty(words) {
  band.replaceChildren();
  main.replaceChildren(document.getElementById(words).content.cloneNode(true));
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
}

function goOff() {
  if (off || over) return;
  kept = [...main.querySelectorAll("form")].map((form) => [
    form.getAttribute("action") ?? "",
    [...form.elements]
      .filter((field) => field.name && !["hidden", "submit", "button", "password"].includes(field.type))
      .map((field) => [field.name, field.value, field.checked]),
  ]);
  off = true;
  empty("live-off");
  state("off");
}

function putBack() {
  for (const [action, fields] of kept) {
    const form = [...main.querySelectorAll("form")].find((one) => (one.getAttribute("action") ?? "") === action);
    for (const [name, value, checked] of form ? fields : []) {
      const field = [...form.elements].find((one) => one.name === name && (one.value === value || !choice(one)));
      if (field && choice(field)) field.checked = checked;
      else if (field) field.value = value;
    }
  }
  kept = [];
}

const choice = (field) => field.type === "checkbox" || field.type === "radio";

function finish() {
  over = true;
  kept = [];
  stream?.close();
  empty("live-over");
  sign.hidden = true;
}

function state(name) {
  if (!sign || over) return;
  sign.hidden = false;
  sign.className = `live ${name}`;
  sign.querySelectorAll("[data-when]").forEach((words) => {
    words.hidden = words.dataset.when !== name;
  });
}

// --- asking ------------------------------------------------------------------------------------------------------

function here() {
  return location.pathname + location.search;
}

async function ask() {
  if (over) return;
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    do {
      again = false;
      const since = owed;
      const answer = await fetch(here(), {
        headers: { "X-Live": "1" },
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(8000),
      });
      if (answer.type === "opaqueredirect" || GONE.includes(answer.status)) return finish();
      if (!answer.ok) throw new Error("no page");
      const text = await answer.text();
      if (over || !show(text)) return;
      if (polling) alive = Date.now();
      if (owed === since) owed = 0;
      follow();
    } while (again);
  } catch {
    // The watch says so, and asks again.
  } finally {
    asking = false;
    watch();
  }
}

function changed() {
  owed = owed || Date.now();
  setTimeout(ask, Math.random() * JITTER);
}

function follow() {
  const wanted = main.dataset.live;
  if (!wanted || (wanted === address && stream && stream.readyState !== EventSource.CLOSED)) return;
  stream?.close();
  address = wanted;
  stream = new EventSource(wanted);
  stream.addEventListener("changed", changed);
  stream.addEventListener("beat", () => {
    alive = Date.now();
    polling = false;
    watch();
  });
  // The right to follow has ended: whether the page may still be seen, the page itself says.
  stream.addEventListener("over", () => {
    stream.close();
    address = "";
    owed = owed || Date.now();
    ask();
  });
  // A browser gives up on an answer that is no stream; then the page asks by itself.
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) polling = true;
    watch();
  };
}

function watch() {
  if (over) return;
  const now = Date.now();
  const quiet = Math.max(now - alive, owed ? now - owed : 0);
  if (quiet > SILENT) goOff();
  else if (!off) state(quiet > WAITING || stream?.readyState !== EventSource.OPEN ? (polling ? "live" : "waiting") : "live");
}

let lastAsked = Date.now();
setInterval(() => {
  watch();
  const now = Date.now();
  const due = polling || off || (owed && now - owed > 2000) || now - alive > WAITING;
  if (due && !asking && now - lastAsked > ASK_EVERY) {
    lastAsked = now;
    // Without a heartbeat an answer is a sign of life too: the browser may have no stream, and the server be well.
    if (now - alive > WAITING) polling = true;
    if (polling && stream?.readyState === EventSource.CLOSED) address = "";
    ask();
  }
}, 1000);

// --- the clock of an item, and forms that leave the page where it is ---------------------------------------------------

const began = new WeakMap();
function tick() {
  document.querySelectorAll("[data-seconds]").forEach((clock) => {
    const given = Number(clock.dataset.seconds);
    const known = began.get(clock);
    if (!known || known.given !== given) began.set(clock, { given, at: Date.now() - given * 1000 });
    const seconds = Math.floor((Date.now() - began.get(clock).at) / 1000);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
    const planned = Number(clock.dataset.planned);
    const spent = clock.closest(".spent");
    spent?.classList.toggle("over", seconds > planned);
    spent?.classList.toggle("near", seconds <= planned && seconds > planned * 0.8);
  });
}

async function send(event) {
  const form = event.target;
  if (!form.matches("[data-live-form]") || over || off) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { "X-Live": "1" },
      signal: AbortSignal.timeout(8000),
    });
    const where = new URL(answer.url);
    if (answer.ok && answer.redirected && where.pathname === location.pathname && show(await answer.text())) follow();
    else if (answer.redirected) location.assign(answer.url);
    else plain(form, event.submitter);
  } catch {
    plain(form, event.submitter); // the server is idempotent
  } finally {
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-disabled");
  }
}

function plain(form, submitter) {
  form.removeAttribute("data-live-form");
  delete form.dataset.sent;
  form.requestSubmit(submitter?.isConnected ? submitter : undefined);
}

if (main?.dataset.live) {
  // A screen that is shared stands unattended: asking by itself keeps its session from locking (docs/adr/0043).
  if ("stays" in main.dataset) setInterval(changed, STAYS);
  document.addEventListener("submit", send, { capture: true });
  document.addEventListener("visibilitychange", watch);
  window.addEventListener("online", changed);
  window.addEventListener("offline", watch);
  setInterval(tick, 1000);
  bringCurrent();
  follow();
}
