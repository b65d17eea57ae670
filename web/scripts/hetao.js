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

// A place on the plan chooses the radio that stands for it; the list below is the same choice without scripts.
const places = document.querySelectorAll("[data-picks]");
const shown = () => {
  for (const place of places) {
    const radio = document.getElementById(place.dataset.picks);
    place.classList.toggle("places__one--chosen", Boolean(radio?.checked));
  }
};
for (const place of places) {
  place.addEventListener("click", () => {
    const radio = document.getElementById(place.dataset.picks);
    if (radio) {
      radio.checked = true;
      radio.focus();
      shown();
    }
  });
}
if (places.length > 0) document.addEventListener("change", shown);
