// Pictures of pages, for people to look at: what no check sees, an eye does. The folder is never committed.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ARTIFACTS = join(dirname(fileURLToPath(import.meta.url)), "../artifacts");

/** Saves the whole page as a picture in `artifacts/`, and returns the file's path. */
export async function screenshot(page, name) {
  await mkdir(ARTIFACTS, { recursive: true });
  const path = join(ARTIFACTS, `${name.replace(/[^\p{L}\p{N}-]+/gu, "-")}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}
