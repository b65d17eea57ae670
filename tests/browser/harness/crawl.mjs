// Finds a site's pages by its links: every address that somebody in some capacity is offered, without drawing anything.
// It knows which addresses the portal declares, so that a page which nobody can find is noticed.

import { readFile, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = resolve(dirname(fileURLToPath(import.meta.url)), "../../../crates/portal/src");
const ADDRESSES_MAX = 400;
const LANGUAGE = /^\/(?:zh-Hant|zh-Hans|en)(?=\/|$)/;

/** The addresses of pages as the portal declares them, such as `/office/cases/{case}`; the language is left out. */
export async function declaredPages() {
  const files = (await readdir(SOURCES, { recursive: true })).filter((file) => file.endsWith(".rs"));
  const texts = await Promise.all(files.map((file) => readFile(join(SOURCES, file), "utf8")));
  const found = texts.flatMap((text) => [...text.matchAll(/\.get\(\s*"\/\{lang\}([^"]*)"/g)].map(([, path]) => path));
  return [...new Set(found.map((path) => path || "/"))].sort();
}

/** The declared address that a path belongs to; a fixed step goes before one that is filled in. */
function shapeOf(path, declared) {
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

/** Links of one kind lead to the same page about another thing: one is opened by each visitor. */
function kindOf(link, declared) {
  const { pathname, searchParams } = new URL(link, "http://here");
  const path = pathname.replace(LANGUAGE, "") || "/";
  return `${shapeOf(path, declared) ?? path.replace(/\d+/g, "0")}?${[...searchParams.keys()].sort().join("&")}`;
}

/**
 * Follows the links of one visitor from `start`: the paths of the pages met, without their language and each with its
 * shape, and what was not as it should be. Of many links of one kind the `turn`-th is opened, so that not every
 * visitor looks at the same thing.
 */
export async function crawl({ context, origin, language }, declared, start, turn) {
  const waiting = start.map((path) => `/${language}${path}`);
  const kinds = new Set(waiting.map((address) => kindOf(address, declared)));
  const met = { pages: [], faults: [] };
  while (waiting.length > 0 && kinds.size < ADDRESSES_MAX) {
    const address = waiting.shift();
    const response = await context.request.get(origin + address);
    const { pathname, search } = new URL(response.url());
    const path = pathname.replace(LANGUAGE, "") || "/";
    const shape = shapeOf(path, declared);
    const drawn = (response.headers()["content-type"] ?? "").startsWith("text/html");
    if (response.status() !== 200) met.faults.push(`${response.status()} for ${address}`);
    else if (shape !== undefined) met.pages.push({ shape, path: path + search, drawn });
    else if (LANGUAGE.test(pathname)) met.faults.push(`${address} is no address that the portal declares`);
    if (!drawn || response.status() !== 200) continue;
    // The same page in another language is met when that language's turn comes.
    const links = linksOf(await response.text(), response.url()).map((link) => link.replace(LANGUAGE, `/${language}`));
    const turned = links.map((_, at) => links[(at + turn) % links.length]);
    for (const link of turned) {
      const kind = kindOf(link, declared);
      if (!kinds.has(kind)) waiting.push(link);
      kinds.add(kind);
    }
  }
  return met;
}
