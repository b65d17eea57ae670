// What every page is better with: the kit's behaviours (error summary takes the focus, buttons ignore a second press,
// character counts). Pages are whole without it.
import { initAll } from "./govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Screens that nobody types on renew themselves; one that lost its server keeps what it shows and tries again.
const seconds = Number(document.body.dataset.refreshSeconds);
if (seconds > 0) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
      if (answer.ok) location.reload();
    } catch {
      // Not reached: the next turn comes soon.
    }
  }, seconds * 1000);
}
