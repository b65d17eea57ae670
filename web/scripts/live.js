// Keeps a part of a page as it is now: when the server says that the log has grown, the part is fetched again. Without
// the feed it is fetched every half minute; without this script the page has a link.
const LEAST_MILLISECONDS = 2_000;
const WITHOUT_FEED_MILLISECONDS = 30_000;

const part = document.querySelector("[data-live]");
let waiting = false;
let missed = false;

async function renew() {
  // Nothing is taken from under whoever reads there with the keyboard, or has marked something to copy: it is renewed when
  // they have gone on. Whoever pressed something there with a finger or a mouse has moved on already.
  const marked = document.getSelection();
  const copying = marked && !marked.isCollapsed && part.contains(marked.anchorNode);
  missed = document.hidden || copying || part.querySelector(":focus-visible") !== null;
  if (missed) return;
  const answer = await fetch(part.dataset.live, { cache: "no-store" });
  if (!answer.ok) return;
  // What the reader has opened stays open.
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  const pressed = [...part.querySelectorAll("summary")].indexOf(document.activeElement);
  part.innerHTML = await answer.text();
  part.querySelectorAll("details").forEach((details, at) => (details.open = open[at] ?? false));
  part.querySelectorAll("summary")[pressed]?.focus({ preventScroll: true });
}

function soon() {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    renew().catch(() => {});
  }, LEAST_MILLISECONDS);
}

if (part) {
  const goOn = () => setTimeout(() => missed && soon(), 0);
  part.addEventListener("focusout", goOn);
  document.addEventListener("visibilitychange", goOn);
  const feed = new EventSource("/api/events");
  for (const name of ["message", "figures", "moved"]) feed.addEventListener(name, soon);
  setInterval(soon, WITHOUT_FEED_MILLISECONDS);
}
