// Signing in through the demonstration's page, which exists under `--demo` alone.

import assert from "node:assert/strict";

/**
 * Opens `/{language}/demo` and presses the button of the persona's form, as a person does.
 * @param {string} persona the persona's key, as the page's form carries it in its field `persona`
 */
export async function signInAs(page, persona, { origin, language }) {
  await page.goto(`${origin}/${language}/demo`);
  const forms = page.locator(`form[action$="/demo/sign-in"]`);
  const form = forms.filter({ has: page.locator(`[name="persona"][value="${persona}"]`) });
  const known = await forms.locator(`[name="persona"]`).evaluateAll((fields) => fields.map((field) => field.value));
  assert.equal(await form.count(), 1, `the demonstration has no persona “${persona}”; it has ${known.join(", ")}`);
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await form.getByRole("button").click();
  const response = await answered;
  assert.ok(response.status() < 400, `signing in as ${persona} was answered ${response.status()}`);
  await page.waitForLoadState();
  assert.doesNotMatch(new URL(page.url()).pathname, /\/demo(\/|$)/, `signing in as ${persona} led nowhere`);
}
