// A kiosk: signed in by a code from a phone, printed, forgotten.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";

forEachView("somebody signs in at a kiosk, prints, and is forgotten", { widths: [1080, 1280] }, async (view) => {
  const { page, context, language } = view;
  if (view.width === 1080) await page.setViewportSize({ width: 1080, height: 1920 });
  const phone = await context.newPage();
  await phone.goto(view.url("/demo"));
  await phone.locator(`form:has(input[value="researcher-shenzhen"]) button`).click();
  await phone.waitForURL("**/me");
  await phone.goto(view.url("/me/kiosk"));
  await phone.locator("main form button").click();
  const code = (await phone.locator(".kiosk-code").innerText()).trim();

  await view.go("/kiosk");
  await view.check("kiosk-start");
  for (const target of await page.locator("main a, header a, header button").all()) {
    const box = await target.boundingBox();
    assert.ok(box === null || (box.height >= 44 && box.width >= 44), `${await target.innerText()} is too small to touch`);
  }
  await page.locator(".tile").first().click();
  await page.waitForURL("**/kiosk/sign-in?to=me");
  await view.check("kiosk-sign-in");
  await page.fill("#field-shown", code);
  await page.locator("main form button").click();
  await page.waitForURL("**/kiosk/me");
  await view.check("kiosk-own");
  await view.go("/kiosk/me/apply/question");
  assert.ok(page.url().endsWith("/kiosk/me/apply/question"), `applying led to ${page.url()}`);
  await view.check("kiosk-apply");
  await view.go("/kiosk/me");
  await page.locator("main .tile").first().click();
  await page.waitForURL("**/kiosk/me/cases/*");
  assert.ok(await page.locator("[data-print]").isVisible(), "there is no button to print with");
  assert.ok(await page.locator("[data-countdown]").isVisible(), "nobody sees how long there is left");
  await view.check("kiosk-slip");
  await page.locator("header form button").click();
  await page.waitForURL("**/zh-Hant/kiosk");
  await page.goBack();
  await page.waitForURL("**/kiosk/sign-in*");
  assert.ok(!(await page.locator("body").innerText()).includes("C-"), "the way back shows what was left");
  assert.equal(language, view.language);
});
