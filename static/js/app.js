// What does the browser add to pages that already work without it?
// Focus on the error summary, the blank screen, one effect for a form sent twice, and regions that hide themselves.

function focusErrors() {
  document.querySelector("[data-focus]")?.focus();
  // A link of the summary goes to the first control of its group, not only near it.
  document.querySelectorAll(".govuk-error-summary__list a").forEach((link) => {
    link.addEventListener("click", (event) => {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return;
      const control = target.matches("input, select, textarea")
        ? target
        : target.querySelector("input:checked, input, select, textarea");
      if (!control) return;
      event.preventDefault();
      const folded = control.closest("details");
      if (folded) folded.open = true;
      (control.closest(".govuk-form-group") ?? control).scrollIntoView();
      control.focus({ preventScroll: true });
    });
  });
}

// Regions that may not stay on a screen: they are taken out of the page, not only covered.
const hiders = new Set();

function hideRegions() {
  hiders.forEach((hide) => hide());
}

function watchRegion(region) {
  const note = region.parentElement?.querySelector("[data-hidden-note]");
  const counter = region.querySelector("[data-hide-count]");
  const end = Date.now() + 1000 * Number(region.dataset.hideAfter);
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left <= 0) hide();
    else if (counter) counter.textContent = counter.dataset.words.replace("NN", String(left));
  };
  const timer = setInterval(tick, 500);
  const hide = () => {
    clearInterval(timer);
    hiders.delete(hide);
    const hadFocus = region.contains(document.activeElement);
    region.replaceChildren();
    region.hidden = true;
    if (note) {
      note.hidden = false;
      if (hadFocus) note.focus();
    }
  };
  hiders.add(hide);
  tick();
}

function watchRegions(root) {
  root.querySelectorAll("[data-hide-after]:not([data-watched])").forEach((region) => {
    region.dataset.watched = "";
    watchRegion(region);
  });
}

function hideOnLeaving() {
  window.addEventListener("blur", hideRegions);
  window.addEventListener("beforeprint", hideRegions);
  window.addEventListener("pagehide", hideRegions);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hideRegions();
  });
}

function blankScreen() {
  const blank = document.getElementById("blank");
  if (!blank?.togglePopover) return;
  let before = null;
  blank.addEventListener("beforetoggle", (event) => {
    const opening = event.newState === "open";
    if (opening) {
      hideRegions();
      before = document.activeElement;
    }
    // Behind a blank screen nothing may be read out or reached by the keyboard either.
    for (const part of document.body.children) if (part !== blank) part.inert = opening;
  });
  blank.addEventListener("toggle", (event) => {
    if (event.newState === "closed") before?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if ("locked" in document.documentElement.dataset) return; // it is covered already, and the cover must stay in reach
    const shown = blank.matches(":popover-open");
    if (event.key === "F9" || (event.key === "Escape" && shown)) {
      event.preventDefault();
      blank.togglePopover();
    }
  });
}

// The server is idempotent; this spares people the doubt.
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    // A download leaves the page where it is, so does an answer that never comes: let people try again.
    setTimeout(() => allowAgain(form), 10000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(allowAgain));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-sent]");
    if (form) allowAgain(form);
  });
}

function allowAgain(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

function closeFolds() {
  const openFolds = () => document.querySelectorAll("details.fold[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openFolds().forEach((fold) => {
      const inside = fold.contains(document.activeElement);
      fold.open = false;
      if (inside) fold.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    openFolds().forEach((fold) => {
      if (!fold.contains(event.target)) fold.open = false;
    });
  });
}

focusErrors();
document.addEventListener("st:shown", focusErrors);
hideOnLeaving();
watchRegions(document);
document.addEventListener("htmx:load", (event) => watchRegions(event.target.parentElement ?? document));
blankScreen();
sendOnce();
closeFolds();
