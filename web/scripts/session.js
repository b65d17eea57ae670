// Warns before the session ends, and puts the end off by a click without leaving the page; whoever signed in again in another
// tab goes on here with what they had typed. Without it the page says until when, and has a link. Time is counted from when
// the page came: the reader's clock may be wrong.
const WARN_SECONDS = 300;
const LOOK_EVERY_MILLISECONDS = 5_000;

const warning = document.querySelector("[data-session]");
const nameOf = (page) => page.querySelector(".who__name")?.textContent;

/** The session's own page as it is now; null where nobody is signed in. */
async function ask() {
  const answer = await fetch(warning.dataset.session, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-session]") ? page : null;
}

if (warning) {
  let ends = performance.now() + Number(warning.dataset.sessionSeconds) * 1_000;
  let said = "";

  const look = () => {
    const left = (ends - performance.now()) / 1_000;
    const now = left <= 0 ? "over" : left <= WARN_SECONDS ? "soon" : "";
    if (now === said) return;
    said = now;
    warning.hidden = said === "";
    for (const text of warning.querySelectorAll("[data-session-text]")) text.hidden = text.dataset.sessionText !== said;
  };

  const goOnWith = (page) => {
    ends = performance.now() + Number(page.querySelector("[data-session]").dataset.sessionSeconds) * 1_000;
    // Forms carry the token of their session: this page's become the new one's, if it is the same person's.
    const token = page.querySelector('input[name="csrf"]')?.value;
    if (token && nameOf(page) === nameOf(document)) {
      for (const field of document.querySelectorAll('input[name="csrf"]')) field.value = token;
    }
    look();
  };

  setInterval(look, LOOK_EVERY_MILLISECONDS);
  document.addEventListener("visibilitychange", async () => {
    look();
    if (document.hidden || said !== "over") return;
    const page = await ask().catch(() => null);
    if (page) goOnWith(page);
  });

  warning.querySelector("[data-session-extend]").addEventListener("click", async (event) => {
    // Signing in again needs a tab of its own, as without scripts.
    if (!("sessionExtendable" in warning.dataset) || said === "over") return;
    event.preventDefault();
    const page = await ask().catch(() => undefined);
    if (page) goOnWith(page);
    // Not reached: the warning stays, and the link can be tried again.
    else if (page === null) ends = performance.now();
    look();
  });
}
