// A pass kept in this browser. The key is made here, cannot be taken out of here, and signs a new presentation for every
// showing; the portal only draws it. What is signed is written down at the head of the crate `credentials`. The words
// stand in the page, so that this has none of its own, and the page is whole without it.

const here = globalThis.document?.querySelector("[data-pass]");

/** Seconds that one code is shown for. A gate takes it for a minute. */
const RENEW_SECONDS = 20;
/** How often a failed drawing is tried again before the page says so. */
const FAILURES_MAX = 2;
const AUDIENCE = here?.dataset.audience;
/** The park's clock less this device's, in milliseconds: neither phones nor demonstrations keep the same time. */
const OFFSET = Number(here?.dataset.now) - Date.now();

const bytesOf = (text) => new TextEncoder().encode(text);

function base64url(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// --- The keys of this browser ------------------------------------------------------------------------------------------

function asPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode) {
  const opening = indexedDB.open("hetao", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("passes", { keyPath: "permit" });
  const database = await asPromise(opening);
  return database.transaction("passes", mode).objectStore("passes");
}

const kept = async (permit) => asPromise((await store("readonly")).get(permit));
const keep = async (record) => asPromise((await store("readwrite")).put(record));
const forget = async (permit) => asPromise((await store("readwrite")).delete(permit));

// --- What is signed ----------------------------------------------------------------------------------------------------

/** The presentation that shows none of the pass's disclosures: a gate needs no name. */
export async function present(pass, privateKey, audience, now) {
  const shown = `${pass.split("~")[0]}~`;
  const hash = base64url(await crypto.subtle.digest("SHA-256", bytesOf(shown)));
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const payload = { iat: Math.floor(now / 1000), aud: audience, nonce, sd_hash: hash };
  const header = base64url(bytesOf('{"alg":"ES256","typ":"kb+jwt"}'));
  const input = `${header}.${base64url(bytesOf(JSON.stringify(payload)))}`;
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, bytesOf(input));
  return `${shown}${input}.${base64url(signature)}`;
}

// --- The portal --------------------------------------------------------------------------------------------------------

async function post(address, body, accept) {
  const headers = { "content-type": "application/json", "x-csrf-token": here.dataset.csrf, accept };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the portal answered ${answer.status}`);
  return answer;
}

async function collect() {
  const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  const answer = await post(here.dataset.collect, { kty, crv, x, y }, "application/json");
  const { pass, thumbprint } = await answer.json();
  await keep({ permit: here.dataset.pass, pass, thumbprint, privateKey: keys.privateKey });
  // The list of where the pass is kept is the portal's to show.
  location.assign(here.dataset.kept);
}

// --- The page ----------------------------------------------------------------------------------------------------------

const part = (name) => here.querySelector(`[data-part="${name}"]`);
const only = (name) => {
  for (const other of ["collect", "ready", "code"]) part(other).hidden = other !== name;
};
const on = (name, act) => here.querySelector(`[data-do="${name}"]`)?.addEventListener("click", act);

function fail(error) {
  console.warn(error);
  part("failed").hidden = false;
}

/** Shows code after code until it is told to stop. */
function showing(record) {
  let timer = null;
  let left = 0;
  let failures = 0;
  let current = "";
  let lock = null;

  async function renew() {
    left = RENEW_SECONDS;
    current = await present(record.pass, record.privateKey, AUDIENCE, Date.now() + OFFSET);
    const drawn = await post(here.dataset.qr, { presentation: current }, "image/svg+xml, application/json");
    // A data address and no blob: the page's content policy knows the first alone.
    part("image").src = `data:image/svg+xml,${encodeURIComponent(await drawn.text())}`;
    part("failed").hidden = true;
    part("copied").hidden = true;
    failures = 0;
    only("code");
  }

  async function tick() {
    if (document.hidden) return;
    left -= 1;
    part("seconds").textContent = String(Math.max(left, 0));
    if (left > 0) return;
    await renew().catch((error) => {
      // An old code would be refused; nothing is better than that.
      failures += 1;
      if (failures > FAILURES_MAX) stop();
      fail(error);
    });
  }

  async function start() {
    if (timer !== null) return;
    timer = setInterval(tick, 1000);
    await renew().catch((error) => {
      stop();
      fail(error);
    });
    // So that the screen stays bright in the queue; where the browser cannot, it is dimmed as ever.
    lock = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    current = "";
    part("image").removeAttribute("src");
    lock?.release();
    lock = null;
    only("ready");
  }

  async function copy() {
    await navigator.clipboard.writeText(current);
    part("copied").hidden = false;
  }

  // Whoever comes back to the page after a while must not see a code that is over.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && timer !== null) left = 1;
  });
  return { start, stop, copy };
}

async function begin() {
  const record = await kept(here.dataset.pass);
  const bound = here.dataset.keys.split(" ");
  here.hidden = false;
  on("collect", (event) => {
    event.target.disabled = true;
    collect().catch((error) => {
      event.target.disabled = false;
      fail(error);
    });
  });
  if (!record || !bound.includes(record.thumbprint)) {
    // Removed on the page, pushed out by newer ones, or of a park that has begun anew: of no use any more.
    if (record) await forget(record.permit);
    part("lost").hidden = !record;
    only("collect");
    return;
  }
  document.querySelector(`[data-key="${record.thumbprint}"]`)?.removeAttribute("hidden");
  only("ready");
  const shown = showing(record);
  on("show", shown.start);
  on("hide", shown.stop);
  on("copy", () => shown.copy().catch(fail));
}

// Without a secure connection browsers give no keys; some windows give no store. The page's other ways remain.
if (here && globalThis.crypto?.subtle && "indexedDB" in globalThis) begin().catch((error) => console.warn(error));
