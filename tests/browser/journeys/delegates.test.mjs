// What a delegate does for an organisation besides single applications: a roster, and a token for a program.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";
import { giveDelegation, ownNumber } from "./steps/delegate.mjs";

const CLERK = "clerk-hong-kong";
const DELEGATE = "engineer-hong-kong";

forEachView("a delegate uploads a roster and issues a token", { ownServer: true }, async (view) => {
  const { page } = view;
  await view.signInAs(DELEGATE);
  const person = await ownNumber(view);
  await view.signInAs(CLERK);
  await view.go("/employer/delegations");
  await giveDelegation(view, person, "commuter-pass");

  await view.signInAs(DELEGATE);
  await view.go("/me/delegations");
  await page.locator(`main a[href*="/me/delegations/M-"]`).first().click();
  await page.locator(`form[action$="/accept"] button`).click();
  await page.waitForURL(/done=delegation-accepted/);
  await page.locator(`form[action$="/capacity"] button`).click();
  await page.waitForURL(/\/employer$/);
  await page.locator(`main a[href$="/employer/roster/commuter-pass"]`).click();
  await view.check("roster-of-a-delegate");
  await page.locator(`input[type="file"]`).setInputFiles(await roster(page, [1, 2, 3]));
  await page.locator(`form[enctype] button`).click();
  await view.check("roster-of-too-many");
  await page.locator(`input[type="file"]`).setInputFiles(await roster(page, [1, 2], 2));
  await page.locator(`form[enctype] button`).click();
  await page.waitForURL(/employer\/rosters\/R-\d+/);
  await view.check("roster-of-a-delegate-read");
  await view.go("/employer");
  await view.check("delegate-with-a-roster");

  await page.locator(`main a[href$="/employer/tokens"]`).click();
  await view.check("program-tokens-none");
  await page.locator(`form[action$="/employer/tokens"] button`).click();
  assert.match(await page.locator("code.long-code").innerText(), /^hetao-2\.K-\d+\./);
  await view.check("program-token-issued");
  await view.signInAs(CLERK);
  await view.go("/employer/tokens");
  await view.check("program-tokens-of-the-organisation");
});

/** As many rows as numbers, made of the empty roster's example; a row with a fault was born in the future. */
async function roster(page, numbers, faulty) {
  const template = await page.evaluate(async () => {
    const link = document.querySelector(`a[href*="roster-template?language=en"]`);
    return (await fetch(link.href)).text();
  });
  const [head, example] = template.split("\r\n");
  const rows = numbers.map((number) => {
    const row = example
      .replace("E-0001", `E-900${number}`)
      .replace("ZZ0000001", `ZZ900000${number}`)
      .replace("tai.man.chan@", `person-${number}@`);
    return number === faulty ? row.replace("1990-01-31", "2990-01-31") : row;
  });
  return { name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from([head, ...rows, ""].join("\r\n")) };
}
