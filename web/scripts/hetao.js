// What every page is better with: the kit's behaviours (error summary takes the focus, buttons ignore a second press,
// character counts). Pages are whole without it.
import { initAll } from "./govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
