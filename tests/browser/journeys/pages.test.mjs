// Every page there is: found by the links that each persona is offered, then looked at in every language on both screens.
// Journeys look at what people do; this looks at what nobody thought of doing.

import assert from "node:assert/strict";
import { dirname, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { LANGUAGES, WIDTHS, forEachView, openView } from "../harness/browser.mjs";
import { pageFaults } from "../harness/check-page.mjs";
import { crawl, declaredPages } from "../harness/crawl.mjs";
import { startServer } from "../harness/server.mjs";
import { inviteColleague, newColleague } from "./steps/apply.mjs";
import { OFFICERS } from "./steps/decide.mjs";
import { giveDelegation, ownNumber } from "./steps/delegate.mjs";
import { beginDraft, send, wholeDraft } from "./steps/long.mjs";

const ROSTER = resolve(dirname(fileURLToPath(import.meta.url)), "../../../examples/rosters/english.csv");
const NOBODY = "nobody";
/**
 * No link leads there: a piece of a page, put in its place by a script; where a form's answer would have been; where a
 * consent is given again, which is offered only after it was withdrawn; files; and where a kiosk forgets or stays awake.
 * What needs a sign-in at a kiosk is looked at by the kiosk's own journey.
 */
const NO_PAGES = [
  "/dashboard/fragment",
  "/passes/{permit}/show",
  "/me/consents/{consent}/again",
  "/cases/{case}/files/{file}",
  "/drafts/{draft}/files/{file}",
  "/kiosk/end",
  "/kiosk/touched",
  "/kiosk/me",
  "/kiosk/me/apply/{service}",
  "/kiosk/me/cases/{case}",
];
/** What the portal says to those who may not, or who lost their way, and the answer's status. */
const PROBLEMS = [
  { visitor: NOBODY, path: "/nowhere", status: 404 },
  { visitor: "clerk-hong-kong", path: "/office", status: 403 },
];

const server = { origin: "" };
let declared;
/** For each declared address that is a page: who meets it, and where. */
const places = new Map();
const findings = [];

before(async () => {
  const started = await startServer();
  Object.assign(server, started);
  declared = await declaredPages();
});
after(() => server.stop?.());

/** A letter of the person who is signed in, written now: the case's page that lists it, and where it is found genuine. */
async function letterToCheck(view) {
  const { page } = view;
  await view.go("/me");
  const asks = page.locator(`section[aria-labelledby="letters"] form button`);
  const cases = await page.$$eval(`main a[href*="/me/cases/C-"]`, (links) => links.map((link) => link.getAttribute("href")));
  for (const place of cases) {
    await page.goto(`${view.origin}${place}`);
    if ((await asks.count()) > 0) break;
  }
  // Setting a letter takes a while in a build that is not optimised.
  const written = page.waitForEvent("download", { timeout: 90_000 });
  await asks.first().click();
  const letter = await view.context.request.get((await written).url());
  // Its link stands in the PDF as it is.
  const [, path] = /(\/verify\/L-\d+\/[0-9A-Z-]+)/.exec((await letter.body()).toString("latin1"));
  return { check: path, place: new URL(page.url()).pathname.replace(`/${view.language}`, "") };
}

/** Pages that stand at the end of a form: an entry of the log, what comes of a roster, a new colleague's link, a code. */
async function prepare(view) {
  const { page } = view;
  const link = await inviteColleague(view, newColleague(view.language));
  await view.go("/employer/roster/commuter-pass");
  await page.setInputFiles(`input[type="file"]`, ROSTER);
  await page.locator("main form[enctype] button").click();
  await page.waitForURL(/\/rosters\/R-\d+/);
  const roster = new URL(page.url());

  const sent = await send(view, await wholeDraft(view));
  const draft = await beginDraft(view);
  const ofDraft = ["", "/parts/company", "/documents/accounts", "/review", "/discard"].map((page) => `${draft}${page}`);

  await view.signInAs("engineer-hong-kong");
  const { check, place } = await letterToCheck(view);
  const person = await ownNumber(view);
  await view.go("/passes");
  await page.locator(`main a[href*="/passes/T-"]`).first().click();
  const pass = new URL(page.url()).pathname;
  await view.signInAs("clerk-hong-kong");
  await view.go("/employer/delegations");
  await giveDelegation(view, person);
  const own = (address) => address.replace(`/${view.language}`, "");
  return {
    [NOBODY]: [own(new URL(link, view.origin).pathname), "/log/entries/5", check, "/kiosk/services", "/kiosk/help", `/kiosk/help?q=${encodeURIComponent("通行證")}`],
    "clerk-hong-kong": [own(roster.pathname + roster.search), `/me/cases/${sent}/files`, ...ofDraft],
    // Of the services one is opened by each visitor: this one is for persons to apply for.
    "engineer-hong-kong": [`${own(pass)}/card`, "/services/question", place],
    [OFFICERS["hong-kong"]]: ["/office/several"],
  };
}

function remember(visitor, { pages, faults }) {
  findings.push(...faults.map((fault) => `${visitor}: ${fault}`));
  for (const { shape, path, drawn } of pages) {
    if (!places.has(shape)) places.set(shape, []);
    if (drawn) places.get(shape).push({ visitor, path });
  }
}

test("every link that anybody is offered leads somewhere, and every page is offered to somebody", async (t) => {
  const { origin } = server;
  const view = await openView({ origin });
  t.after(() => view.context.close());
  const ends = await prepare(view);
  await view.go("/demo");
  const personas = await view.page.$$eval(`[name="persona"]`, (fields) => fields.map((field) => field.value));
  for (const [index, visitor] of [NOBODY, ...personas].entries()) {
    const own = await openView({ origin, language: LANGUAGES[index % LANGUAGES.length] });
    if (visitor !== NOBODY) await own.signInAs(visitor);
    const start = ["/", ...(ends[visitor] ?? [])];
    if (visitor !== NOBODY) start.push(new URL(own.page.url()).pathname.replace(`/${own.language}`, ""));
    remember(visitor, await crawl(own, declared, start, index));
    await own.context.close();
  }
  assert.deepEqual(findings, []);
  const missing = declared.filter((shape) => !places.has(shape) && !NO_PAGES.includes(shape));
  assert.deepEqual(missing, [], "no link leads to these pages");
});

/** One place for each page, another in each view where there are several, by visitor so that each signs in once. */
function itinerary(turn) {
  const visits = [...places].filter(([, found]) => found.length > 0).map(([shape, found]) => ({ shape, ...found[turn % found.length] }));
  const problems = PROBLEMS.map((problem) => ({ shape: `/${problem.status}`, ...problem }));
  const all = [...visits, ...problems];
  return [...new Set(all.map(({ visitor }) => visitor))].map((visitor) => [visitor, all.filter((visit) => visit.visitor === visitor)]);
}

forEachView("every page is whole", { server }, async (view, t) => {
  const turn = LANGUAGES.indexOf(view.language) * WIDTHS.length + WIDTHS.indexOf(view.width);
  const faults = [];
  const met = [];
  for (const [visitor, visits] of itinerary(turn)) {
    if (visitor !== NOBODY) await view.signInAs(visitor);
    else await view.context.clearCookies();
    for (const { shape, path, status = 200 } of visits) {
      const response = await view.go(path);
      if (response.status() !== status) faults.push(`${path} for ${visitor}: answered ${response.status()}`);
      await view.screenshot(`page${shape}`);
      const found = await pageFaults(view.page, view);
      faults.push(...found.map(({ check, what }) => `${path} for ${visitor}: [${check}] ${what}`));
      met.push(`${shape} as ${visitor}`);
    }
  }
  assert.deepEqual(faults, [], `${faults.length} faults on ${met.length} pages`);
  t.diagnostic(`${met.length} pages: ${met.join(", ")}`);
});
