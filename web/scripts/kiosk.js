// At a kiosk: counts down the minute without a touch where people see it, tells the server that somebody is there, prints.
// Without it the page goes back to the start by itself after the minute, and the server forgets as well.
const frame = document.querySelector("[data-kiosk]");
const TOLD_EVERY_MILLISECONDS = 5_000;

if (frame) {
  const allowed = Number(frame.dataset.seconds) * 1_000;
  const left = frame.querySelector("[data-left]");
  const shown = frame.querySelector("[data-countdown]");
  let touched = performance.now();
  let told = touched;

  const touch = () => {
    touched = performance.now();
    if (touched - told < TOLD_EVERY_MILLISECONDS || frame.dataset.start === "true") return;
    told = touched;
    fetch(frame.dataset.touched, { cache: "no-store", redirect: "manual" }).catch(() => {});
  };
  for (const event of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(event, touch, { passive: true, capture: true });
  }

  const tick = () => {
    const milliseconds = allowed - (performance.now() - touched);
    if (milliseconds <= 0) {
      // In place of this page: there is no way back to it.
      location.replace(frame.dataset.end);
      return;
    }
    left.textContent = String(Math.ceil(milliseconds / 1_000));
  };
  if (frame.dataset.start !== "true") {
    shown.hidden = false;
    tick();
    setInterval(tick, 500);
    // A page that the browser kept is not shown again.
    addEventListener("pageshow", (event) => event.persisted && location.replace(frame.dataset.end));
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A scanner types what it reads: the field waits for it.
document.querySelector("#field-shown")?.focus();
