// What officers do with a case, on their own bank's leg.

import assert from "node:assert/strict";

export const OFFICERS = {
  "hong-kong": "immigration-officer-hong-kong",
  shenzhen: "inspection-officer-shenzhen",
};
const PAGES_MAX = 20;

/** Finds the case in the officer's queue, page by page as an officer would, and fails where it is not. */
export async function findInQueue(view, number) {
  const { page } = view;
  for (let shown = 1; shown <= PAGES_MAX; shown += 1) {
    await view.go(`/office?page=${shown}`);
    if ((await page.locator(`main a[href$="/office/cases/${number}"]`).count()) > 0) return;
  }
  assert.fail(`${number} is not in the queue`);
}

export const decideForm = (page) => page.locator(`main form[action$="/decide"]`);

export async function approve(view, number, reason) {
  const { page } = view;
  await view.go(`/office/cases/${number}`);
  await decideForm(page).locator(`[name="reason"]`).fill(reason);
  await decideForm(page).locator(`button[value="approved"]`).click();
  await page.waitForURL(/done=leg-approved/);
}

/** Both officers approve, and the pass that follows is returned. */
export async function approveBoth(view, number, reason) {
  for (const persona of Object.values(OFFICERS)) {
    await view.signInAs(persona);
    await approve(view, number, reason);
  }
  const href = await view.page.locator(`main a[href*="/office/passes/"]`).first().getAttribute("href");
  return href.split("/").at(-1);
}
