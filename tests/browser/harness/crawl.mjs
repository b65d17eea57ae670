// Finds a site's pages by its links: every address that somebody in some capacity is offered, without drawing anything.
// It knows which addresses the portal declares, so that a page which nobody can find is noticed.

import { readFile, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = resolve(dirname(fileURLToPath(import.meta.url)), "../../../crates/portal/src");
/** Addresses of one shape that one visitor opens: the second has often something that the first has not. */
const OF_ONE_SHAPE_MAX = 2;
const ADDRESSES_MAX = 400;

/** The addresses of pages as the portal declares them, such as `/office/cases/{case}`; the language is left out. */
export async function declaredPages() {
  const files = (await readdir(SOURCES, { recursive: true })).filter((file) => file.endsWith(".rs"));
  const texts = await Promise.all(files.map((file) => readFile(join(SOURCES, file), "utf8")));
  const found = texts.flatMap((text) => [...text.matchAll(/\.get\(\s*"\/\{lang\}([^"]*)"/g)].map(([, path]) => path));
  return [...new Set(found.map((path) => path || "/"))].sort();
}

/** The declared address that a path belongs to; a fixed step goes before one that is filled in. */
export function shapeOf(path, declared) {
  const fits = (shape) => new RegExp(`^${shape.replace(/\{[^}]*\}/g, "[^/]+")}$`).test(path);
  const blanks = (shape) => shape.split("{").length;
  return declared.filter(fits).sort((one, other) => blanks(one) - blanks(other))[0];
}

/** What the links of a page lead to, on this site: paths with their query, in the order of the page. */
function linksOf(html, address) {
  const written = [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
  const links = written.map((href) => new URL(href, address)).filter((link) => link.origin === new URL(address).origin);
  return [...new Set(links.map((link) => link.pathname + link.search))];
}

/**
 * Follows the links of one visitor from `start`, and returns what they met: the paths of pages without their language
 * and each with its shape, other addresses, and what was not as it should be.
 */
export async function crawl({ context, origin, language }, declared, start) {
  const inLanguage = new RegExp(`^/(?:zh-Hant|zh-Hans|en)(?=/|$)`);
  const waiting = start.map((path) => `/${language}${path}`);
  const known = new Set(waiting);
  const counts = new Map();
  const met = { pages: [], others: [], faults: [] };
  while (waiting.length > 0 && known.size < ADDRESSES_MAX) {
    const address = waiting.shift();
    const response = await context.request.get(origin + address);
    const type = response.headers()["content-type"] ?? "";
    const { pathname, search } = new URL(response.url());
    if (response.status() !== 200) {
      met.faults.push(`${response.status()} for ${address}`);
      continue;
    }
    if (!inLanguage.test(pathname)) {
      met.others.push(pathname);
      continue;
    }
    const path = pathname.replace(inLanguage, "") || "/";
    const shape = shapeOf(path, declared);
    if (shape === undefined) met.faults.push(`${address} is an address that the portal does not declare`);
    else met.pages.push({ shape, path: path + search, drawn: type.startsWith("text/html") });
    if (!type.startsWith("text/html")) continue;
    for (const link of linksOf(await response.text(), response.url())) {
      // The same page in another language is met when that language's turn comes.
      const same = link.replace(inLanguage, `/${language}`);
      const query = [...new URL(same, origin).searchParams.keys()].sort().join("&");
      const [steps] = same.replace(inLanguage, "").split("?");
      const kind = `${shapeOf(steps || "/", declared) ?? steps.replace(/\d+/g, "0")}?${query}`;
      if (known.has(same) || (counts.get(kind) ?? 0) >= OF_ONE_SHAPE_MAX) continue;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      known.add(same);
      waiting.push(same);
    }
  }
  return met;
}
