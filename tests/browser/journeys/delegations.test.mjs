// A clerk lets somebody of another organisation act for theirs for a while; they accept, act within it, and stop.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";
import { giveDelegation } from "./steps/delegate.mjs";

const CLERK = "clerk-hong-kong";
const DELEGATE = "engineer-hong-kong";

forEachView("a delegation is given, accepted, used and ended", { ownServer: true }, async (view) => {
  const { page } = view;
  await view.signInAs(DELEGATE);
  await view.go("/me");
  await page.locator(`main a[href$="/me/delegations"]`).click();
  await view.check("nothing-delegated");
  const person = /P-\d+/.exec(await page.locator("main").innerText())[0];

  await view.signInAs(CLERK);
  await view.go("/employer");
  await page.locator(`main a[href$="/employer/delegations"]`).click();
  await view.check("delegations-none");
  const give = page.locator(`form[action$="/employer/delegations"]`);
  await give.locator("button").click();
  await view.check("delegation-faulty");
  await giveDelegation(view, person);
  await view.check("delegation-offered");
  await view.go("/employer/delegations");
  await view.check("delegations");

  await view.signInAs(DELEGATE);
  await view.go("/me");
  await page.locator(`main a[href*="/me/delegations/M-"]`).first().click();
  await view.check("delegation-to-answer");
  await page.locator(`form[action$="/accept"] button`).click();
  await page.waitForURL(/done=delegation-accepted/);
  await view.check("delegation-accepted");
  await page.locator(`form[action$="/capacity"] button`).click();
  await page.waitForURL(/\/employer$/);
  await view.check("acting-as-delegate");
  assert.equal(await page.locator(`main a[href$="/apply/visitor-pass"]`).count(), 1);
  assert.equal(await page.locator(`main a[href$="/apply/commuter-pass"]`).count(), 0, "what was not given is not offered");
  await view.go("/employer/apply/commuter-pass");
  await view.check("not-given");
  await view.go("/employer/people");
  await view.check("nothing-seen");
  await view.go("/capacity");
  await view.check("capacities-of-a-delegate");
  await view.go("/me/delegations");
  await view.check("acting-for");
  await page.locator(`main a[href*="/me/delegations/M-"]`).first().click();
  await page.locator(`form[action$="/end"] button`).click();
  await page.waitForURL(/done=delegation-ended/);
  await view.check("delegation-ended");
});
