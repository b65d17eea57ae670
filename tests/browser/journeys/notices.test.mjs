// Notices in the browser. This Chromium has no push service: that is one of the states which the page has to have words
// for. The state after it is reached with a subscription as a push service would give one.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";
import { says } from "./steps/words.mjs";

const PERSON = "engineer-hong-kong";
/** A point of P-256 and a secret, from the example of RFC 8291. */
const KEYS = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

forEachView("notices are turned on, seen and turned off", async (view) => {
  const { page, context, origin, language, width } = view;
  await view.signInAs(PERSON);
  await view.go("/me/settings");
  await says(view, "pushes-denied");
  await view.check("notices-denied");

  await context.grantPermissions(["notifications"], { origin });
  await page.reload();
  await page.locator("[data-notices] button").click();
  await page.locator("[data-notices-message]:not([hidden])").waitFor();
  await says(view, "pushes-no-service");
  await view.check("notices-no-service");

  const endpoint = `https://push.example.net/push/${language}-${width}`;
  await page.addInitScript(subscribesTo, { endpoint, keys: KEYS });
  await page.reload();
  await page.locator("[data-notices] button").click();
  await page.waitForURL(/done=push-on/);
  await page.locator("[data-notices-here]:not([hidden])").waitFor();
  assert.equal(await page.locator("[data-notices] button").isVisible(), false, "it is on already");
  assert.equal((await page.content()).includes(endpoint), false, "its address is told to nobody");
  await view.check("notices-on");
  await page.locator(`main form[action$="/pushes/end"] button`).click();
  await page.waitForURL(/done=push-off/);
  await says(view, "pushes-none");
});

forEachView("turning notices on needs scripts, and the page says so", { scripts: false, widths: [1280] }, async (view) => {
  await view.signInAs(PERSON);
  await view.go("/me/settings");
  await says(view, "pushes-needs-scripts");
  assert.equal(await view.page.locator("[data-notices]").isVisible(), false);
});

/** Runs in the page, before its own scripts. */
function subscribesTo({ endpoint, keys }) {
  const subscription = {
    endpoint,
    options: { applicationServerKey: null },
    toJSON: () => ({ endpoint, keys, expirationTime: null }),
    unsubscribe: async () => {
      sessionStorage.removeItem("subscribed");
      return true;
    },
  };
  PushManager.prototype.subscribe = async () => {
    sessionStorage.setItem("subscribed", "yes");
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("subscribed") ? subscription : null);
}
