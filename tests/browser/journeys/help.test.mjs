// What anybody looks up is found in their language, and what is not found becomes a question.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";

const ASKED = { "zh-Hant": "人才公寓", "zh-Hans": "無感通關", en: "白名单" };
const FOUND = { "zh-Hant": "/services/talent-apartment", "zh-Hans": "/outline/7.2.2", en: "/services/whitelist-membership" };

forEachView("anybody looks something up and follows it to its section", async (view) => {
  const { page, language } = view;
  await view.go("/");
  await page.fill("#search", ASKED[language]);
  await page.locator(".search-band button").click();
  await page.waitForURL("**/help?q=*");
  await view.check("help-found");
  assert.ok(await page.locator(".hits mark").count() > 0, "nothing is marked");
  await page.locator(`.hit__title a[href$="${FOUND[language]}"]`).click();
  await page.waitForURL(`**${FOUND[language]}`);
  await view.go("/outline/7.2.2");
  await view.check("outline-section");
  await view.go("/help/apply-for-commuter-pass");
  await view.check("help-article");
  await view.go("/help?q=xyzzyplugh");
  assert.ok(await page.locator(".empty a[href*='me/apply/question']").isVisible(), "nothing leads to asking");
  await view.check("help-nothing");
});

// A terminal of the park stands upright; the other is a desk's screen.
