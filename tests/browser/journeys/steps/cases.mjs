// Finding a case in a list by what its page has.

import assert from "node:assert/strict";

/** Opens the first case of the list whose page has what is looked for. Gives its place. */
export async function openCaseWith(view, list, links, wanted) {
  const { page } = view;
  await view.go(list);
  const places = await page.$$eval(links, (found) => [...new Set(found.map((link) => link.getAttribute("href")))]);
  for (const place of places) {
    await page.goto(`${view.origin}${place}`);
    if ((await page.locator(wanted).count()) > 0) return place;
  }
  return assert.fail(`no case of ${list} has ${wanted}`);
}
