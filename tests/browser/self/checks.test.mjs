// The harness's own tests: each check is silent on the good page and speaks on the page with its fault.
// They need no server of ours, so that they run before there is one.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { forEachView, openView, WIDTHS } from "../harness/browser.mjs";
import { pageFaults } from "../harness/check-page.mjs";
import { messageKeys } from "../harness/messages.mjs";
import { startServer } from "../harness/server.mjs";
import { answers, FAULTY } from "./pages.mjs";

const LAYOUT = ["width", "text-size", "column", "target-size"];
const KEYS = ["refusal-permit-in-force"];
// The portal's own policy: nothing inline, nothing from elsewhere, nothing evaluated.
const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src * ; connect-src 'self'; form-action 'self'";

const pages = answers();
const http = createServer((request, response) => {
  const answer = pages[request.url] ?? { status: 404, type: "text/plain", body: "gone" };
  const headers = { "content-type": answer.type ?? "text/plain", "content-security-policy": POLICY };
  if (answer.location) headers.location = answer.location;
  response.writeHead(answer.status ?? 200, headers).end(answer.body);
});
const site = { origin: "" };
before(async () => {
  await new Promise((done) => http.listen(0, "127.0.0.1", done));
  site.origin = `http://localhost:${http.address().port}`;
});
after(() => {
  http.closeAllConnections();
  http.close();
});

async function faultsAt(path, width) {
  const view = await openView({ origin: site.origin, language: "zh-Hant", width });
  try {
    await view.page.goto(site.origin + path, { waitUntil: "networkidle" });
    return await pageFaults(view.page, { ...view, keys: KEYS });
  } finally {
    await view.context.close();
  }
}

for (const width of WIDTHS) {
  test(`the good page has no fault at ${width} px`, async () => {
    assert.deepEqual(await faultsAt("/good", width), []);
  });

  test(`a form sent back with 422 is no fault at ${width} px`, async () => {
    assert.deepEqual(await faultsAt("/refused", width), []);
  });

  Object.entries(FAULTY).forEach(([name, { checks, widths }], index) => {
    // What the screen has no part in is looked for on the desktop alone.
    const places = widths ?? (checks.some((check) => LAYOUT.includes(check)) ? WIDTHS : [1280]);
    if (!places.includes(width)) return;
    test(`${name} is found at ${width} px, and nothing else`, async () => {
      const faults = await faultsAt(`/faulty/${index}`, width);
      assert.deepEqual([...new Set(faults.map((fault) => fault.check))], checks, JSON.stringify(faults, null, 2));
    });
  });
}

forEachView("a view opens, is checked and is photographed", { server: site, languages: ["zh-Hant"] }, async (view) => {
  await view.page.goto(`${site.origin}/good`);
  await view.check("self");
});

forEachView("a persona signs in", { server: site, languages: ["zh-Hant"], widths: [1280] }, async (view) => {
  await view.signInAs("clerk");
  assert.equal(view.page.url(), `${site.origin}/good`);
  await assert.rejects(view.signInAs("nobody"), /no persona “nobody”; it has clerk/);
});

test("a page that complains after its last check fails its view", async () => {
  const view = await openView({ origin: site.origin, language: "zh-Hant" });
  const index = Object.keys(FAULTY).indexOf("a script that fails");
  await view.page.goto(`${site.origin}/faulty/${index}`);
  await assert.rejects(view.watcher.assertQuiet(), /broken on purpose/);
  await view.context.close();
});

test("a passkey is made on the virtual device, and is not when its owner refuses", async () => {
  const view = await openView({ origin: site.origin, language: "zh-Hant" });
  await view.page.goto(`${site.origin}/good`);
  const device = await view.addPasskeyDevice();
  const make = () =>
    view.page.evaluate(async () => {
      const bytes = new Uint8Array(32);
      const publicKey = {
        challenge: bytes,
        rp: { name: "hetao" },
        user: { id: bytes, name: "a", displayName: "a" },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        authenticatorSelection: { userVerification: "required" },
        timeout: 2000,
      };
      return (await navigator.credentials.create({ publicKey })).type;
    });
  assert.equal(await make(), "public-key");
  assert.equal((await device.credentials()).length, 1);
  await device.refuse(true);
  await assert.rejects(make(), /NotAllowedError/);
  await device.remove();
  await view.context.close();
});

test("the keys of messages are read from the words of the rooms", async () => {
  const keys = await messageKeys();
  assert.ok(keys.length > 10, `only ${keys.length} keys were found`);
  assert.ok(keys.every((key) => /^[a-z]\w*(-\w+)+$/.test(key)));
});

test("a program that does not start is reported with what it said", async () => {
  await assert.rejects(startServer({ binary: process.execPath }), /ended with exit code \d+; it said:[^]*serve/);
});
