// Legs that ask for more than one officer's word, with the cases that the demonstration begins with: a member of the panel
// votes, a second officer confirms, the applicant signs and chooses an appointment, an officer says when they are away.

import { forEachView } from "../harness/browser.mjs";
import { openCaseWith } from "./steps/cases.mjs";
import { says } from "./steps/words.mjs";

forEachView("a panel votes, a second officer confirms, an applicant signs and chooses", { ownServer: true }, async (view) => {
  await votes(view);
  await confirms(view);
  await signs(view);
  await chooses(view);
  await isAway(view);
});

const OF_OFFICE = `main a[href*="/office/cases/C-"]`;
const OF_MINE = `main a[href*="/me/cases/C-"]`;

async function votes(view) {
  const { page } = view;
  await view.signInAs("park-officer-hong-kong");
  await openCaseWith(view, "/office", OF_OFFICE, `main form[action$="/work/ballot"]`);
  await view.check("legs-panel");
  const sheet = page.locator(`main form[action$="/work/ballot"]`);
  for (const field of await sheet.locator(`[name^="score-"]`).all()) await field.fill("7");
  await sheet.locator(`button[value="scores"]`).click();
  await says(view, "work-voted");
  await view.check("legs-panel-voted");
}

async function confirms(view) {
  const { page } = view;
  await view.signInAs("innovation-officer-hong-kong");
  await openCaseWith(view, "/office", OF_OFFICE, `main form[action$="/work/confirm"]`);
  await view.check("legs-second-eyes");
  await page.locator(`main form[action$="/work/confirm"] button`).click();
  await page.waitForURL(/done=work-confirm/);
}

async function signs(view) {
  const { page } = view;
  await view.signInAs("clerk-hong-kong");
  await openCaseWith(view, "/me", OF_MINE, `main form[action$="/work/sign"]`);
  await view.check("legs-to-pay-and-sign");
  const form = page.locator(`main form[action$="/work/sign"]`);
  await form.locator(`[name="agree"]`).check();
  await form.locator("button").click();
  await page.waitForURL(/done=own-sign/);
  await view.check("legs-signed");
}

async function chooses(view) {
  const { page } = view;
  await view.signInAs("engineer-hong-kong");
  await openCaseWith(view, "/me", OF_MINE, `main form[action$="/work/book"]`);
  await view.check("legs-to-choose");
  const form = page.locator(`main form[action$="/work/book"]`);
  await form.locator(`[name="at"]`).first().check();
  await form.locator("button").click();
  await says(view, "own-task-appointment");
  await view.check("legs-chosen");
}

async function isAway(view) {
  const { page } = view;
  await view.signInAs("park-officer-hong-kong");
  await view.go("/office/appointments");
  await view.check("legs-times");
  await view.go("/office/away");
  await view.check("legs-away");
  const year = String(new Date().getFullYear() + 1);
  for (const [name, day] of [["from", "4"], ["until", "8"]]) {
    await page.fill(`main [name="${name}-day"]`, day);
    await page.fill(`main [name="${name}-month"]`, "6");
    await page.fill(`main [name="${name}-year"]`, year);
  }
  const deputies = page.locator(`main [name="deputy"] option`);
  const me = await page.locator(`main [name="person"]`).inputValue();
  const values = await deputies.evaluateAll((options) => options.map((option) => option.value));
  await page.selectOption(`main [name="deputy"]`, values.find((value) => value !== me));
  await page.locator(`main form[action$="/office/away"] button`).click();
  await page.waitForURL(/done=away-declared/);
  await view.check("legs-away-declared");
}
