// Which single keys press what stands on the page anyway? Off by a switch that stays (WCAG 2.1.4), listed by "?".

const KEEP = "st-keys-off"; // on this device: whether single keys are switched off, nothing else
const list = document.getElementById("keys");
const box = document.getElementById("keys-on");
const opener = document.getElementById("keys-open");

const isOff = () => localStorage.getItem(KEEP) === "1";
const writes = (node) => node?.matches?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

function press(found) {
  if (found.tagName === "SUMMARY") {
    const fold = found.parentElement;
    fold.open = !fold.open;
    const first = fold.open ? fold.querySelector("select, input:not([type=hidden]), textarea, button") : found;
    first?.focus();
    fold.scrollIntoView({ block: "nearest" });
    return;
  }
  found.focus();
  found.click();
}

document.addEventListener("keydown", (event) => {
  if ("locked" in document.documentElement.dataset) return; // nothing behind the cover is pressed (idle.js)
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || writes(event.target) || isOff()) return;
  if (event.key === "?") {
    event.preventDefault();
    if (list.open) list.close();
    else list.showModal();
    return;
  }
  if (list.open || document.querySelector(":popover-open")) return;
  if (/^[1-4]$/.test(event.key)) {
    const criterion = document.querySelectorAll("#accept input[type=checkbox]")[Number(event.key) - 1];
    if (criterion) press(criterion);
    return;
  }
  const key = event.key.toLowerCase();
  const found = [...document.querySelectorAll("[data-press]")].find((one) => one.dataset.press === key && !one.disabled);
  if (!found) return;
  event.preventDefault();
  press(found);
});

box.checked = !isOff();
box.addEventListener("change", () => {
  if (box.checked) localStorage.removeItem(KEEP);
  else localStorage.setItem(KEEP, "1");
});
opener.hidden = false;
opener.addEventListener("click", () => list.showModal());
