// One Chromium for each test file, and a fresh context for each view: three languages, a desktop and a phone.
// It knows how to open pages and nothing of what is on them.

import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { screenshot } from "./artifacts.mjs";
import { checkPage } from "./check-page.mjs";
import { addPasskeyDevice } from "./passkeys.mjs";
import { signInAs } from "./personas.mjs";
import { startServer } from "./server.mjs";
import { watch } from "./watch.mjs";

export const LANGUAGES = ["zh-Hant", "zh-Hans", "en"];
export const WIDTHS = [1280, 375];

const TEST_MILLISECONDS_MAX = 180_000;
const STEP_MILLISECONDS_MAX = 20_000;

// The browser is ours, it opens our own pages on the loopback, and tests often run as root, where Chromium's sandbox
// cannot. The rest keeps it from calling out.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
];

let browser;
let server;
after(async () => {
  await browser?.then((started) => started.close());
  await server?.then((started) => started.stop());
});

function sharedBrowser() {
  const executablePath = process.env.HETAO_CHROMIUM ?? "/usr/bin/chromium";
  browser ??= chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
  return browser;
}

function sharedServer() {
  server ??= startServer();
  return server;
}

/**
 * Opens a context with one page as a reader of `language` on a screen of `width` has it.
 * `scripts: false` is a reader without JavaScript.
 */
export async function openView({ origin, language = "en", width = 1280, scripts = true }) {
  const phone = width < 600;
  const context = await (await sharedBrowser()).newContext({
    viewport: { width, height: phone ? 812 : 900 },
    isMobile: phone,
    hasTouch: phone,
    locale: { "zh-Hant": "zh-HK", "zh-Hans": "zh-CN", en: "en-GB" }[language],
    timezoneId: "Asia/Hong_Kong",
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(STEP_MILLISECONDS_MAX);
  const page = await context.newPage();
  const watcher = await watch(page, origin);
  const view = { page, context, origin, language, width, watcher };
  view.url = (path) => `${origin}/${language}${path}`;
  view.go = (path) => page.goto(view.url(path));
  view.check = (name) => checkPage(page, { ...view, name });
  view.signInAs = (persona) => signInAs(page, persona, view);
  view.addPasskeyDevice = () => addPasskeyDevice(page);
  view.screenshot = (name) => screenshot(page, `${name}-${language}-${width}`);
  return view;
}

/**
 * Runs `body` once for each language and width, each as a test of its own. `body` gets a view (see `openView`).
 *
 * All views of a file share one server; `ownServer` gives each view a fresh one, for journeys that change what the
 * next would find; `server` is one that the caller has started. What the console and the security policy complain
 * of by the end of the body fails the test.
 */
export function forEachView(name, ...rest) {
  const body = rest.pop();
  const { ownServer = false, server: given, languages = LANGUAGES, widths = WIDTHS, scripts } = rest.pop() ?? {};
  for (const language of languages) {
    for (const width of widths) {
      test(`${name}: ${language}, ${width} px`, { timeout: TEST_MILLISECONDS_MAX }, async (t) => {
        const running = given ?? (ownServer ? await startServer() : await sharedServer());
        const view = await openView({ origin: running.origin, language, width, scripts });
        try {
          await body({ ...view, server: running }, t);
          await view.watcher.assertQuiet();
        } catch (error) {
          await view.screenshot(`failed-${name}`).catch(() => {});
          throw error;
        } finally {
          await view.context.close();
          if (ownServer && !given) await running.stop();
        }
      });
    }
  }
}
