// Giving somebody a delegation, as a clerk does it.

/** The number that the person who is signed in gives to a clerk. */
export async function ownNumber(view) {
  await view.go("/me/delegations");
  return /P-\d+/.exec(await view.page.locator("main").innerText())[0];
}

/** Fills in one of the form's dates. */
async function date(page, name, day) {
  await page.locator(`[name="${name}-year"]`).fill(String(day.getFullYear()));
  await page.locator(`[name="${name}-month"]`).fill(String(day.getMonth() + 1));
  await page.locator(`[name="${name}-day"]`).fill(String(day.getDate()));
}

/** Gives the person this pass to apply for, twice, for thirty days; the page of delegations is open. */
export async function giveDelegation({ page }, person, service = "visitor-pass") {
  await page.locator(`[name="person"]`).fill(person);
  await page.locator(`[name="services"][value="some"]`).check();
  await page.locator(`[name="service"][value="${service}"]`).check();
  await page.locator(`[name="act"][value="apply"]`).check();
  await page.locator(`[name="applications"]`).fill("2");
  const shown = await page.evaluate(() => document.querySelector("time")?.getAttribute("datetime"));
  const today = shown ? new Date(shown) : new Date();
  await date(page, "from", new Date(today.getTime() - 86_400_000));
  await date(page, "until", new Date(today.getTime() + 30 * 86_400_000));
  await page.locator(`form[action$="/employer/delegations"] button`).click();
  await page.waitForURL(/delegations\/M-\d+\?done=delegation-offered/);
}
