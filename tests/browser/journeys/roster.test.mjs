// Journey 1: a clerk uploads a roster as a personnel office exports it, sees every faulty row with its line, its column,
// what is wrong and how to mend it, and mends one.

import assert from "node:assert/strict";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { forEachView } from "../harness/browser.mjs";
import { says } from "./steps/words.mjs";

const ROSTERS = resolve(dirname(fileURLToPath(import.meta.url)), "../../../examples/rosters");
const FILES = { "zh-Hant": "big5-hkscs.csv", "zh-Hans": "gb18030.csv", en: "english.csv" };
const APPLIED = 183;
const FAULTY = 17;
// Two employers, so that the phone's upload is not the desktop's over again.
const CLERKS = { 1280: "clerk-hong-kong", 375: "clerk-shenzhen" };

forEachView("a clerk uploads a roster and mends a row", async (view) => {
  const { page } = view;
  await view.signInAs(CLERKS[view.width]);
  await view.go("/employer/roster/commuter-pass");
  await view.check("journey-1-upload");
  await page.setInputFiles(`input[type="file"]`, resolve(ROSTERS, FILES[view.language]));
  await page.locator("main form[enctype] button").click();
  await page.waitForURL(/\/rosters\/R-\d+/);

  const numbers = (await page.locator("main").innerText()).match(/\d+/g).map(Number);
  assert.ok(numbers.includes(APPLIED) && numbers.includes(FAULTY), `the page counts ${numbers.slice(0, 8)}`);
  const rows = page.locator("main tbody tr");
  const faults = await rows.evaluateAll((found) => found.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  assert.ok(faults.length >= FAULTY, `${faults.length} faults are listed`);
  assert.ok(faults.every(([line, column, , what, remedy]) => /\d/.test(line) && /\d/.test(column) && what && remedy));
  await view.check("journey-1-result");

  // The last faulty row of every example has a telephone number that stops half-way.
  const lines = await page.$$eval(`main a[href*="/rows/"]`, (found) => found.map((a) => a.href));
  assert.equal(new Set(lines).size, FAULTY);
  await page.goto(lines.at(-1));
  await view.check("journey-1-row");
  await page.locator("main form button").click();
  await says(view, "mend-still");
  await page.fill(`[name="mobile"]`, "+852 5123 4567");
  await page.locator("main form button").click();
  await page.waitForURL(/done=row-mended/);
  assert.equal(await page.locator(`main a[href="${new URL(lines.at(-1)).pathname}"]`).count(), 0, "the row is still listed");
  await view.check("journey-1-mended");
});
