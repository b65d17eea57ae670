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
  const rows = [1, 2, 3].map((number) => row(number));
  await page.locator(`input[type="file"]`).setInputFiles(file([...rows]));
  await page.locator(`form[enctype] button`).click();
  await view.check("roster-of-too-many");
  await page.locator(`input[type="file"]`).setInputFiles(file([rows[0], row(2, "2990-01-31")]));
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

const HEAD =
  "Family name,Given name,Date of birth,Nationality,Document kind,Document number,Document expiry date,Email,Usual side";

function row(number, birth = "1990-01-31") {
  return `Chan,Tai Man,${birth},HKG,passport,ZZ900000${number},2031-05-04,p${number}@synthetic.example,south`;
}

function file(rows) {
  return { name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from([HEAD, ...rows, ""].join("\r\n")) };
}
