// An operations centre at work: an organisation, its clerk, a gate's token; an officer who finds a pass by its holder; and what
// every page owes its readers: working language links on the answer of a form, and a warning before the session ends.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";

const OPERATIONS = "park-officer-hong-kong";
const IMMIGRATION = "immigration-officer-hong-kong";

forEachView("an organisation, its clerk and a gate's token", { ownServer: false }, async (view) => {
  const { page, language } = view;
  await view.signInAs(OPERATIONS);
  await view.go("/office/organisations");
  await view.check("organisations");

  // A faulty form: its language links lead to the page, and say what that costs.
  await page.locator(`main form button`).last().click();
  await page.waitForLoadState();
  await view.check("organisations-faulty");
  assert.ok(await page.locator(".languages__note").isVisible());
  const other = language === "en" ? "zh-Hant" : "en";
  await page.locator(`.languages a[hreflang="${other}"]`).click();
  await page.waitForURL(`**/${other}/office/organisations`);
  assert.equal(await page.locator(".languages__note").count(), 0);

  await view.go("/office/organisations");
  for (const [name, text] of [
    ["name-zh-hant", "翠鳥實驗室"],
    ["name-zh-hans", "翠鸟实验室"],
    ["name-en", "Kingfisher Laboratory"],
  ]) {
    await page.locator(`[name="${name}"]`).fill(text);
  }
  await page.locator("main form button").last().click();
  await page.waitForURL(/organisations\/O-\d+\?done=organisation-registered/);
  await view.check("organisation");
  await page.locator(`[name="family-name"]`).fill("陳");
  await page.locator(`[name="given-name"]`).fill("美玲");
  await page.locator(`[name="email"]`).fill("clerk@kingfisher.example");
  await page.locator(`form:has([name="family-name"]) button`).click();
  await page.locator(`main a[href*="/enrol/P-"]`).waitFor();
  await view.check("clerk-appointed");

  await view.go("/office/tokens");
  await page.locator(`[name="gate"]`).selectOption("west-south");
  await page.locator("main form button").last().click();
  await page.locator("main code").waitFor();
  await view.check("token-issued");
  assert.match(await page.locator("main code").innerText(), /^hetao-2\.K-\d+\./);
  await view.go("/office/tokens");
  await view.check("tokens");
});

forEachView("a pass is found by its holder's name", { languages: ["en"], widths: [1280] }, async (view) => {
  const { page } = view;
  await view.signInAs(IMMIGRATION);
  await view.go("/office/passes");
  await page.locator(`[name="wanted"]`).fill("chan");
  await page.locator("main form button").first().click();
  await page.waitForLoadState();
  await view.check("passes-found");
  assert.doesNotMatch(page.url(), /chan/i, "what was looked for stands in no address");
});

forEachView("the session's end is announced and put off by a click", { widths: [375] }, async (view) => {
  const { page } = view;
  await view.signInAs(IMMIGRATION);
  // As if the page had stood open for most of an hour.
  await page.route("**/office/passes", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/data-session-seconds="\d+"/, 'data-session-seconds="200"');
    await route.fulfill({ response: answer, body });
  });
  await view.go("/office/passes");
  const warning = page.locator("[data-session]");
  await warning.waitFor({ state: "visible" });
  await view.check("session-warning");
  await page.locator(`[name="wanted"]`).fill("typed before");
  await warning.locator("[data-session-extend]").click();
  await warning.waitFor({ state: "hidden" });
  assert.equal(await page.locator(`[name="wanted"]`).inputValue(), "typed before", "nothing that was typed is lost");
});
