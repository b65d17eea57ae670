// Journeys 3, 5 and 6 for a reader whose browser runs no scripts: an officer asks, a pass is shown by the portal and let
// through once, and is stopped.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";
import { OFFICERS } from "./steps/decide.mjs";
import { present } from "./steps/gate.mjs";
import { says } from "./steps/words.mjs";

const ONE = { languages: ["zh-Hant"], scripts: false };
const HOLDER = "engineer-hong-kong";

/** The portal makes a presentation and, in the demonstration, shows its text. */
async function shownByThePortal(view) {
  const { page } = view;
  await view.signInAs(HOLDER);
  await view.go("/passes");
  await page.locator(`main a[href*="/passes/T-"]`).first().click();
  const permit = page.url().split("/").at(-1);
  await page.locator(`main form[action$="/show"] button`).click();
  return { permit, text: await page.locator("textarea#presentation").inputValue() };
}

forEachView("an officer asks and decides without scripts", ONE, async (view) => {
  const { page } = view;
  await view.signInAs(OFFICERS.shenzhen);
  await view.go("/office?state=open");
  await page.locator(`main a[href*="/office/cases/C-"]`).first().click();
  const address = page.url();
  await page.locator(`main form[action$="/decide"] button[value="approved"]`).click();
  await says(view, "case-reason-missing");
  await page.fill(`main [name="question"]`, "請問每星期過橋幾天？");
  await page.locator(`main form[action$="/ask"] button`).click();
  assert.ok(page.url().startsWith(address), `asking led to ${page.url()}`);
  await says(view, "case-waits-for-answer");
  await view.screenshot("without-scripts-asked");
});

forEachView("a pass is shown, taken once and stopped without scripts", { ...ONE, widths: [1280] }, async (view) => {
  const { page } = view;
  const { permit, text } = await shownByThePortal(view);
  await view.screenshot("without-scripts-code");
  await view.signInAs(OFFICERS["hong-kong"]);
  assert.equal(await present(view, text, "west-south"), "pass");
  assert.equal(await present(view, text, "west-south"), "refuse");
  await view.screenshot("without-scripts-replayed");

  const { text: fresh } = await shownByThePortal(view);
  await view.signInAs("supervisor-hong-kong");
  await view.go(`/office/passes/${permit}`);
  const form = page.locator(`main form[action$="/suspend"]`);
  await form.locator("select").selectOption({ index: 1 });
  await form.locator("button").click();
  await page.waitForURL(/done=/);
  await view.signInAs(OFFICERS["hong-kong"]);
  assert.equal(await present(view, fresh, "west-south"), "refuse");
  await view.screenshot("without-scripts-suspended");
});
