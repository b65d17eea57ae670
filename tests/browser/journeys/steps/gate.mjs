// Passes at a gate's page.

/** The demonstration's gate on the bank where a southbound traveller sets out. */
export const GATE = "west-north";

/** So that the answer stands still while it is looked at: the gate's own page goes back to waiting after seconds. */
export async function keepAnswers(page) {
  await page.route(/\/gates\/[^/]+\?entry=/, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const { refresh, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
}

/** Pastes the presentation at the gate and returns the answer: `pass`, `refer` or `refuse`. */
export async function present(view, presentation, gate = GATE) {
  const { page } = view;
  await view.go(`/gates/${gate}`);
  await page.fill(`[name="presentation"]`, presentation);
  await page.locator(`form[data-gate="scan"] button[type="submit"]`).click();
  await page.waitForURL(/entry=\d+/);
  return answerOf(page);
}

export async function answerOf(page) {
  const classes = await page.locator("section.verdict").getAttribute("class");
  return { "tone-good": "pass", "tone-caution": "refer", "tone-bad": "refuse" }[/tone-\w+/.exec(classes)?.[0]] ?? classes;
}
