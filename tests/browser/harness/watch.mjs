// Listens to a page from its first moment: errors in its scripts, complaints in its console, breaches of its own
// security policy, requests to anybody else, answers of the server that are failures.

import assert from "node:assert/strict";

const KEPT_MAX = 100;

/** @returns {Promise<{faults: () => Promise<string[]>, assertQuiet: () => Promise<void>}>} */
export async function watch(page, origin) {
  const faults = [];
  const documents = new Set();
  const keep = (text) => {
    if (faults.length < KEPT_MAX && !faults.includes(text)) faults.push(text);
  };
  page.on("pageerror", (error) => keep(`error in a script: ${error.message}`));
  page.on("request", (request) => {
    if (request.isNavigationRequest()) documents.add(request.url());
    if (!request.url().startsWith(`${origin}/`) && !/^(data|blob|about):/.test(request.url())) {
      keep(`request to somebody else: ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 500) keep(`the server failed: ${response.status()} for ${response.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // A form sent back with its faults is a 422, and Chromium reports every such page as a resource that failed.
    const refusedPage = /status of 4\d\d/.test(message.text()) && documents.has(message.location().url);
    if (!refusedPage) keep(`console: ${message.text()}`);
  });
  // Runs before the page's own scripts, and over the debugger, so that the page's policy does not apply to it.
  await page.addInitScript(() => {
    globalThis.__policyViolations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      const place = `${event.sourceFile || event.documentURI}:${event.lineNumber}`;
      globalThis.__policyViolations.push(`${event.effectiveDirective} forbids ${event.blockedURI} at ${place}`);
    });
  });
  const found = async () => {
    const violations = await page.evaluate(() => globalThis.__policyViolations?.splice(0) ?? []).catch(() => []);
    violations.forEach((violation) => keep(`security policy: ${violation}`));
    return faults.splice(0);
  };
  return {
    faults: found,
    async assertQuiet() {
      assert.deepEqual(await found(), [], "the page complained");
    },
  };
}
