// What every page must be, whatever is on it: accessible by axe, whole on the screen it is shown on, in the language
// it was asked for, quiet in its console. Used at every stop of a journey.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { screenshot } from "./artifacts.mjs";
import { layoutFaults } from "./layout.mjs";
import { messageKeys } from "./messages.mjs";

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails with every fault of the page as it now stands, and saves a screenshot under `name`. */
export async function checkPage(page, view) {
  await screenshot(page, `${view.name}-${view.language}-${view.width}`);
  const faults = await pageFaults(page, view);
  const list = faults.map((fault) => `  [${fault.check}] ${fault.what}`).join("\n");
  assert.equal(faults.length, 0, `${faults.length} faults on ${page.url()} (${view.language}, ${view.width} px):\n${list}`);
}

/** @returns {Promise<{check: string, what: string}[]>} */
export async function pageFaults(page, { language, width, watcher, keys }) {
  // First, so that whatever axe itself might stir up is not taken for the page's.
  const complaints = (await watcher?.faults()) ?? [];
  const layout = await page.evaluate(layoutFaults, { language, width, keys: keys ?? (await messageKeys()) });
  const axe = await axeFaults(page);
  await watcher?.faults();
  return [...complaints.map((what) => ({ check: "quiet", what })), ...layout, ...axe];
}

// Kept as long as the page: when a session ends, Chromium takes away the page's virtual passkey device with it.
const sessions = new WeakMap();

function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page));
  return sessions.get(page);
}

async function axeFaults(page) {
  // Straight over the debugger: a page whose policy forbids evaluated text would forbid this too.
  const session = await sessionOf(page);
  const { exceptionDetails } = await session.send("Runtime.evaluate", { expression: await axeSource });
  assert.equal(exceptionDetails, undefined, "axe could not be loaded into the page");
  const violations = await page.evaluate(async (tags) => {
    const result = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return result.violations.map(({ id, help, nodes }) => ({ id, help, places: nodes.map((node) => node.target.join(" ")) }));
  }, AXE_TAGS);
  return violations.map(({ id, help, places }) => ({
    check: "axe",
    what: `${id}: ${help}: ${places.slice(0, 5).join(", ")}${places.length > 5 ? ` and ${places.length - 5} more` : ""}`,
  }));
}
