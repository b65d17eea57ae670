// Journeys 2 to 7 for one new person: the one-time link, the passkey, both banks' officers, the pass, the gate, the
// stop, the receipt. One way from end to end, because each step stands on what the one before left.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { forEachView, openView } from "../harness/browser.mjs";
import { BINARY } from "../harness/server.mjs";
import { confirmAndSubmit, enrol, inviteColleague, newColleague } from "./steps/apply.mjs";
import { OFFICERS, approve, decideForm, findInQueue } from "./steps/decide.mjs";
import { keepAnswers, present } from "./steps/gate.mjs";
import { says } from "./steps/words.mjs";

const run = promisify(execFile);
const RENEWED_MILLISECONDS_MAX = 30_000;

forEachView("a new colleague comes, is let over and is stopped", async (view, t) => {
  const { origin, language, width } = view;
  const person = await openView({ origin, language, width });
  t.after(() => person.context.close());
  await person.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });

  const number = await comesIn(view, person);
  const permit = await isDecided(view, person, number);
  await collects(person, permit);
  await crosses(view, person, permit);
  await isStopped(view, person, permit);
  await keepsReceipt(view, person, number);
  await person.watcher.assertQuiet();
});

/** Journey 2. */
async function comesIn(view, person) {
  const { page } = person;
  const link = await inviteColleague(view, newColleague(view.language));
  await view.check("journey-2-invited");
  await person.addPasskeyDevice();
  await page.goto(link);
  await person.check("journey-2-link");
  const number = await enrol(person, link);
  await person.check("journey-2-mine");
  await page.goto(link);
  await says(person, "enrol-over");

  await page.locator(`form[action$="/sign-out"] button`).first().click();
  await person.go("/sign-in");
  await person.check("journey-2-sign-in");
  await page.locator(`[data-passkey="get"] button`).click();
  await page.waitForURL(/\/me$/);
  await confirmAndSubmit(person, number, (step) => person.check(`journey-2-${step}`));
  return number;
}

/** Journey 3. */
async function isDecided(view, person, number) {
  const { page } = view;
  await view.signInAs(OFFICERS["hong-kong"]);
  await findInQueue(view, number);
  await view.check("journey-3-queue");
  await view.go(`/office/cases/${number}`);
  await page.fill(`main [name="question"]`, "Which days of the week?");
  await page.locator(`main form[action$="/ask"] button`).click();
  await says(view, "case-waits-for-answer");
  await view.check("journey-3-asked");

  await person.go(`/me/cases/${number}`);
  await person.page.fill(`main [name^="answer-"]`, "Mondays to Fridays.");
  await person.check("journey-3-question");
  await person.page.locator(`main form[action$="/answer"] button`).click();
  await person.page.waitForURL(/done=answered/);

  await isRefusedTheOtherLeg(view, number);
  await decidesOnce(view, number);
  await view.signInAs(OFFICERS.shenzhen);
  await findInQueue(view, number);
  await approve(view, number, "In order.");
  await view.check("journey-3-approved");
  const href = await page.locator(`main a[href*="/office/passes/"]`).first().getAttribute("href");
  return href.split("/").at(-1);
}

/** A form bent to the other bank's leg is refused, with the rule that says so. */
async function isRefusedTheOtherLeg(view, number) {
  const { page } = view;
  await view.go(`/office/cases/${number}`);
  const form = decideForm(page);
  await form.locator(`[name="reason"]`).fill("In order.");
  await form.evaluate((bent) => (bent.action = bent.action.replace("/hong-kong/", "/shenzhen/")));
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await form.locator(`button[value="approved"]`).click();
  assert.ok([403, 409].includes((await answered).status()), `answered ${(await answered).status()}`);
  await page.waitForLoadState();
  await view.check("journey-3-other-leg");
}

/** Two windows, one decision: the second is told who was first. */
async function decidesOnce(view, number) {
  const { page } = view;
  await view.go(`/office/cases/${number}`);
  await decideForm(page).locator(`[name="reason"]`).fill("In order.");
  const second = await view.context.newPage();
  await approve({ ...view, page: second, go: (path) => second.goto(view.url(path)) }, number, "In order.");
  await second.close();
  await decideForm(page).locator(`button[value="approved"]`).click();
  await says(view, "case-decided-remedy");
  await view.check("journey-3-second");
}

/** Journey 4. */
async function collects(person, permit) {
  const { page } = person;
  await person.go("/passes");
  await person.check("journey-4-passes");
  await person.go(`/passes/${permit}`);
  await page.locator(`[data-do="collect"]`).click();
  await page.waitForURL(/done=pass-kept/);
  await person.check("journey-4-kept");
  const first = await freshCode(person);
  await person.check("journey-4-code");
  if (person.language === "en" && person.width === 1280) {
    await page.waitForFunction(
      (shown) => document.querySelector(`[data-part="image"]`).src !== shown,
      first.image,
      { timeout: RENEWED_MILLISECONDS_MAX },
    );
  }
  await page.locator(`[data-do="hide"]`).click();
  assert.notEqual((await freshCode(person)).text, first.text, "the same code was shown twice");

  await person.go(`/passes/${permit}`);
  await page.locator(`form[action$="/passes/${permit}/show"] button`).click();
  await page.waitForURL(/\/show$/);
  await person.check("journey-4-from-the-portal");
  await person.go(`/passes/${permit}/card`);
  await page.locator(`main form[action$="/card"] button`).click();
  await page.locator(".pass-card svg").waitFor();
  await person.check("journey-4-card");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".pass-card").isVisible(), "the card is not printed");
  assert.ok(!(await page.locator("header.masthead").isVisible()), "the site's header is printed with the card");
  await person.screenshot("journey-4-printed");
  await page.emulateMedia({ media: "screen" });
}

/** Shows the code on the pass's page, and reads it by the demonstration's button. */
async function freshCode({ page }) {
  await page.locator(`[data-do="show"]`).click();
  await page.locator(`[data-part="image"][src]`).waitFor();
  await page.locator(`[data-do="copy"]`).click();
  await page.locator(`[data-part="copied"]`).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return { text, image: await page.locator(`[data-part="image"]`).getAttribute("src") };
}

/** Journey 5. */
async function crosses(view, person, permit) {
  const { page } = view;
  await keepAnswers(page);
  await person.go(`/passes/${permit}`);
  const { text } = await freshCode(person);
  await view.signInAs(OFFICERS.shenzhen);
  await view.go("/gates/west-north");
  await view.check("journey-5-waiting");
  assert.equal(await present(view, text), "pass");
  await view.check("journey-5-pass");
  for (const other of ["zh-Hant", "zh-Hans", "en"].filter((each) => each !== view.language)) {
    assert.ok(await page.locator(`.gate-other[lang="${other}"]`).isVisible(), `the answer is not given in ${other}`);
  }
  assert.equal(await present(view, text), "refuse");
  await view.check("journey-5-replayed");
  // Whoever is on the bridge cannot set out from the same bank again, be the code as fresh as it may.
  await person.go(`/passes/${permit}`);
  assert.equal(await present(view, (await freshCode(person)).text), "refer");
  await view.check("journey-5-unfinished");
}

/** Journey 6. */
async function isStopped(view, person, permit) {
  const { page } = view;
  await person.go(`/passes/${permit}`);
  const { text } = await freshCode(person);
  await view.signInAs("supervisor-hong-kong");
  await view.go(`/office/passes/${permit}`);
  await view.check("journey-6-pass");
  const form = page.locator(`main form[action$="/suspend"]`);
  await form.locator("select").selectOption({ index: 1 });
  await form.locator("button").click();
  await page.waitForURL(/done=/);
  await view.check("journey-6-suspended");
  await view.signInAs(OFFICERS.shenzhen);
  assert.equal(await present(view, text), "refuse");
  await view.check("journey-6-refused");
  await person.go(`/passes/${permit}`);
  await person.check("journey-6-told");
}

/** Journey 7, the person's own part: a receipt that holds by the published keys alone, and not when it was bent. */
async function keepsReceipt(view, person, number) {
  const { page } = person;
  await person.go(`/me/cases/${number}`);
  await person.check("journey-7-case");
  const downloading = page.waitForEvent("download");
  await page.locator(`main a[href*="/receipts/"]`).last().click();
  const file = join(view.server.data, `receipt-${number}.json`);
  await (await downloading).saveAs(file);
  await person.go("/log");
  const keys = join(view.server.data, "published-keys.txt");
  const published = page.locator("main details pre").filter({ hasText: /^\S+\+[0-9a-f]{8}\+\S+/ });
  await writeFile(keys, await published.textContent());
  const verify = () => run(BINARY, ["verify", "--receipt", file, "--keys", keys]);
  await verify();
  const receipt = JSON.parse(await readFile(file, "utf8"));
  // The latest entry is an office's, so the receipt names it by its hash.
  const bent = Buffer.from(receipt.leaf_hash, "base64").reverse().toString("base64");
  await writeFile(file, JSON.stringify({ ...receipt, leaf_hash: bent }));
  await assert.rejects(verify(), "a bent receipt is taken for good");
}
