// An undertaking signed with a passkey: the page asks for one, the authenticator confirms, the record says so. Who has
// none signs in the demonstration with a form that is marked (see legs).

import { forEachView } from "../harness/browser.mjs";
import { openCaseWith } from "./steps/cases.mjs";
import { says } from "./steps/words.mjs";

forEachView("an undertaking is signed with a passkey", { ownServer: true }, async (view) => {
  const { page } = view;
  await view.signInAs("clerk-hong-kong");
  const sign = `main form[action$="/work/sign"]`;
  const place = await openCaseWith(view, "/me", `main a[href*="/me/cases/C-"]`, sign);
  await says(view, "own-task-sign-demonstration");

  const device = await view.addPasskeyDevice();
  await view.go("/me/passkeys");
  await page.locator(`[data-passkey="create"] button`).click();
  await page.waitForURL(/done=passkey-added/);

  await page.goto(`${view.origin}${place}`);
  await says(view, "own-task-sign-passkey");
  await view.check("signing-with-passkey");
  const button = page.locator(`[data-passkey="get"] button`);
  await device.refuse(true);
  await button.click();
  await page.locator(`[data-passkey="get"] [data-passkey-message]:not([hidden])`).waitFor();
  await view.check("signing-refused");
  await device.refuse(false);
  await button.click();
  await page.waitForURL(/done=own-sign/);
  await says(view, "history-signed-passkey");
  await view.check("signing-signed");
});
