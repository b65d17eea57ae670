// Notices in the browser. Chromium has no push service in a context of its own, and says so on the console where a real
// one is asked for; so the page's states are reached with the answers that browsers give.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";
import { says, words } from "./steps/words.mjs";

const PERSON = "engineer-hong-kong";
/** A point of P-256 and a secret, from the example of RFC 8291. */
const KEYS = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

forEachView("notices are turned on, seen and turned off", async (view) => {
  const { page, language, width } = view;
  const endpoint = `https://push.example.net/push/${language}-${width}`;
  await page.addInitScript(answers, { endpoint, keys: KEYS });
  await view.signInAs(PERSON);
  await opens(view, "#denied");
  await says(view, "pushes-denied");
  await view.check("notices-denied");

  await opens(view, "#no-service");
  await page.locator("[data-notices] button").click();
  await says(view, "pushes-no-service");
  await view.check("notices-no-service");

  await opens(view, "");
  await page.locator("[data-notices] button").click();
  await page.waitForURL(/done=push-on/);
  await page.locator("[data-notices-here]:not([hidden])").waitFor();
  assert.equal(await page.locator("[data-notices] button").isVisible(), false, "it is on already");
  assert.equal((await page.content()).includes(endpoint), false, "its address is told to nobody");
  await view.check("notices-on");
  await page.locator(`main form[action$="/pushes/end"] button`).click();
  await page.waitForURL(/done=push-off/);
  await says(view, "pushes-none");
  await view.check("notices-off");
});

forEachView("turning notices on needs scripts, and the page says so", { scripts: false, widths: [1280] }, async (view) => {
  await view.signInAs(PERSON);
  await view.go("/me/settings");
  // What stands in a noscript is no text to the browser's driver.
  assert.match(await view.page.locator("main").innerText(), await words(view.language, "pushes-needs-scripts"));
  assert.equal(await view.page.locator("[data-notices]").isVisible(), false);
});

/** Afresh: another fragment alone would not load the page again. */
async function opens(view, fragment) {
  await view.go("/me");
  await view.go(`/me/settings${fragment}`);
}

/** Runs in the page, before its own scripts: what the browser says when it is asked. */
function answers({ endpoint, keys }) {
  const permission = location.hash === "#denied" ? "denied" : "granted";
  Object.defineProperty(Notification, "permission", { get: () => permission });
  const kept = () => sessionStorage.getItem("subscribed") !== null;
  const subscription = {
    endpoint,
    options: { applicationServerKey: null },
    toJSON: () => ({ endpoint, keys, expirationTime: null }),
    unsubscribe: async () => sessionStorage.removeItem("subscribed"),
  };
  PushManager.prototype.getSubscription = async () => (kept() ? subscription : null);
  PushManager.prototype.subscribe = async () => {
    if (location.hash === "#no-service") throw new DOMException("Registration failed", "AbortError");
    sessionStorage.setItem("subscribed", "yes");
    return subscription;
  };
}
