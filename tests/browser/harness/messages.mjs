// The keys of all messages, read from the English files, so that a page which shows a key instead of its text is found.

import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const CRATES = resolve(dirname(fileURLToPath(import.meta.url)), "../../../crates");

let keys;

/** Keys with a hyphen in them; a key of one plain word cannot be told from that word. */
export function messageKeys() {
  keys ??= readKeys();
  return keys;
}

async function readKeys() {
  const files = await readdir(CRATES, { recursive: true });
  const english = files.filter((file) => /[\\/]text[\\/]en[\\/][^\\/]+\.ftl$/.test(file));
  const texts = await Promise.all(english.map((file) => readFile(join(CRATES, file), "utf8")));
  return texts.flatMap((text) => [...text.matchAll(/^([a-z][\w]*(?:-[\w]+)+) *=/gm)].map(([, key]) => key));
}
