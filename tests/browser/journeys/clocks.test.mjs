// Time: supervision closes offices on the day and takes it back, the head of an office looks at how it stands.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";
import { says } from "./steps/words.mjs";

const SUPERVISOR = "supervisor-hong-kong";
const HEAD = "immigration-head-hong-kong";

forEachView("offices are closed on the day, and a head sees how the office stands", { ownServer: true }, async (view) => {
  await closesAndTakesBack(view);
  await looksAtTheOffice(view);
});

async function closesAndTakesBack(view) {
  const { page } = view;
  await view.signInAs(SUPERVISOR);
  await view.go("/office/closures");
  await view.check("clocks-closures");
  await page.locator(`main form button`).last().click();
  await says(view, "closures-cause-missing");
  await view.check("clocks-closures-faulty");
  // The demonstration's morning is that of a working day near today.
  const today = new Date();
  await page.selectOption(`main [name="kind"]`, "gale");
  for (const end of ["from", "until"]) {
    await page.fill(`main [name="${end}-day"]`, String(today.getUTCDate()));
    await page.fill(`main [name="${end}-month"]`, String(today.getUTCMonth() + 1));
    await page.fill(`main [name="${end}-year"]`, String(today.getUTCFullYear()));
  }
  await page.locator(`main form button`).last().click();
  await page.waitForURL(/done=closure-declared/);
  await view.check("clocks-closed");
  await page.locator(`main table a[href*="/office/closures/D-"]`).first().click();
  await view.check("clocks-correct");
  await page.locator(`main form[action$="/void"] button`).click();
  await page.waitForURL(/done=closure-voided/);
}

async function looksAtTheOffice(view) {
  await view.signInAs(HEAD);
  await view.go("/office/head");
  await says(view, "head-method");
  assert.ok((await view.page.locator("main figure.chart").count()) >= 4, "the charts are there");
  await view.check("clocks-head");
}
