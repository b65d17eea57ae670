// The picture in the README: the home page as it is, so that the README cannot show what is not there.
// It is taken anew only on demand, since every run shows another moment of the morning.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { forEachView } from "../harness/browser.mjs";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const PICTURE = "docs/screenshots/home.png";
const BYTES_MAX = 300 * 1024;
const VIEW = { languages: ["zh-Hant"], widths: [1280] };

/** Width and height as the file's own head says. */
const sizeOf = (png) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

forEachView("the README shows the home page", VIEW, async (view) => {
  const { page } = view;
  await view.go("/");
  const taken = await page.screenshot({ clip: { x: 0, y: 0, width: 1280, height: 900 } });
  const path = resolve(ROOT, PICTURE);
  if (process.env.UPDATE_SCREENSHOTS === "1") {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, taken);
  }
  const kept = await readFile(path);
  assert.ok(kept.length <= BYTES_MAX, `${PICTURE} has ${kept.length} bytes`);
  assert.deepEqual(sizeOf(kept), sizeOf(taken));
  assert.ok((await readFile(resolve(ROOT, "README.md"), "utf8")).includes(PICTURE), "the README does not show it");
});
