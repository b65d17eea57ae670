// Keeps a part of a page as it is now: when the server says that the log has grown, the part is fetched again. Without
// the feed it is fetched every half minute; without this script the page has a link.
const LEAST_MILLISECONDS = 2_000;
const WITHOUT_FEED_MILLISECONDS = 30_000;

const part = document.querySelector("[data-live]");
let waiting = false;

async function renew() {
  if (document.hidden) return;
  const answer = await fetch(part.dataset.live, { cache: "no-store" });
  if (!answer.ok) return;
  // What the reader has opened stays open.
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  part.innerHTML = await answer.text();
  part.querySelectorAll("details").forEach((details, at) => (details.open = open[at] ?? false));
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
  const feed = new EventSource("/api/events");
  for (const name of ["message", "figures", "moved"]) feed.addEventListener(name, soon);
  setInterval(soon, WITHOUT_FEED_MILLISECONDS);
}
