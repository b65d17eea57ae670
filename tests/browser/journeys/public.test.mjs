// Journeys 7 and 8, as far as they are everybody's: the log with its checkpoint and proofs, and the dashboard, live.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";

const LIVE_MILLISECONDS_MAX = 60_000;

forEachView("anybody looks into the log", async (view) => {
  const { page } = view;
  await view.go("/log");
  const note = (await page.locator("pre.raw").first().textContent()).trim().split("\n");
  assert.match(note[1], /^\d+$/, "the checkpoint has no size");
  assert.ok(note.filter((line) => line.startsWith("— ")).length >= 2, "the checkpoint does not bear two signatures");
  await view.check("journey-7-log");

  await page.fill(`[name="entry"]`, "100000000");
  await page.locator("form").filter({ has: page.locator(`[name="entry"]`) }).locator("button").click();
  assert.ok(await page.locator(".govuk-error-summary").isVisible(), "an entry that is not there is not said to be missing");

  const sequence = Math.floor(Number(note[1]) / 2);
  await page.fill(`[name="entry"]`, String(sequence));
  await page.locator("form").filter({ has: page.locator(`[name="entry"]`) }).locator("button").click();
  await page.waitForURL(`**/log/entries/${sequence}`);
  await view.check("journey-7-entry");

  await view.go(`/log?from=${sequence}&to=${note[1]}`);
  assert.match(await page.locator("main").innerText(), new RegExp(`[A-Za-z0-9+/_-]{43}|[0-9a-f]{64}`), "no proof is shown");
  await view.check("journey-7-continues");
});

forEachView("the dashboard has its figures as tables and moves with the gates", async (view) => {
  const { page } = view;
  await view.go("/dashboard");
  const charts = await page.locator("main svg[role='img'], main figure svg").count();
  assert.ok(charts >= 5, `${charts} charts`);
  const tables = await page.locator("main details table").count();
  assert.ok(tables >= 5, `${tables} tables of data behind ${charts} charts`);
  await view.check("journey-8-dashboard");
  await page.locator("main details summary").first().click();
  await page.locator("main details table").first().waitFor({ state: "visible" });
  await view.check("journey-8-table");

  // People walk all morning: within seconds somebody crosses, and the page says so by itself.
  const before = await page.locator("[data-live]").innerText();
  await page.waitForFunction(
    (text) => document.querySelector("[data-live]").innerText !== text,
    before,
    { timeout: LIVE_MILLISECONDS_MAX },
  );
  assert.ok(await page.locator("main details").first().evaluate((details) => details.open), "the open table was closed");
  await view.go("/dashboard/wall");
  await view.check("journey-8-wall");
});
