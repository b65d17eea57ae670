// What a page should say, read from the portal's own words, so that a journey fails when the thing is not said and not
// when it is said better.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const TEXT = resolve(dirname(fileURLToPath(import.meta.url)), "../../../../crates/portal/text");
const files = new Map();

async function fileOf(language) {
  if (!files.has(language)) files.set(language, await readFile(join(TEXT, language, "portal.ftl"), "utf8"));
  return files.get(language);
}

/** The message of one line as a pattern; what is filled in at run time matches anything. */
export async function words(language, key) {
  const line = new RegExp(`^${key} = (.+)$`, "m").exec(await fileOf(language));
  assert.ok(line, `there is no message “${key}” in ${language}`);
  const parts = line[1].split(/\{[^}]*\}/).map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join("[^]*"));
}

/** Waits until the page's main part says the message, and fails where it does not. */
export async function says({ page, language }, key) {
  const said = page.locator("main").filter({ hasText: await words(language, key) });
  await said.waitFor().catch(() => assert.fail(`the page ${page.url()} does not say “${key}”`));
}
