// Notices in this browser: turned on by its button, after the browser has asked whether it may. Turning off works without
// it. Which of the listed browsers is this one is for the portal to say.
const part = document.querySelector("[data-notices]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

async function post(href, csrf, body) {
  const answer = await fetch(href, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.detail ?? "");
  return said;
}

/** The registration, once its worker is at work. */
async function registered({ worker }) {
  await navigator.serviceWorker.register(worker);
  return navigator.serviceWorker.ready;
}

/** A subscription with another key than the park's is one that nobody can write to. */
async function subscribed(registration, key) {
  const kept = await registration.pushManager.getSubscription();
  if (kept) {
    const its = kept.options.applicationServerKey;
    if (its && same(new Uint8Array(its), key)) return kept;
    await kept.unsubscribe();
  }
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function turnOn() {
  const { href, csrf, key } = part.dataset;
  const subscription = await subscribed(await registered(part.dataset), bytes(key));
  const { endpoint, keys } = subscription.toJSON();
  const { location: next } = await post(href, csrf, { endpoint, keys });
  location.assign(next);
}

/** Marks this browser among those that are listed, and lets go of its subscription when it is turned off. */
async function findThis(here, button) {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const kept = await registration?.pushManager.getSubscription();
  if (!kept) return;
  const { digest } = await post(`${part.dataset.href}/this`, part.dataset.csrf, { endpoint: kept.endpoint });
  const form = digest && document.querySelector(`[data-notices-digest="${digest}"]`);
  if (!form) return;
  here.hidden = false;
  button.hidden = true;
  form.addEventListener("submit", () => void kept.unsubscribe().catch(() => {}));
}

if (part) {
  const button = part.querySelector("button");
  const message = part.querySelector("[data-notices-message]");
  const here = part.querySelector("[data-notices-here]");
  const say = (text) => {
    message.textContent = text;
    message.hidden = text === "";
  };
  part.hidden = false;
  if (!navigator.serviceWorker || !window.PushManager || !window.Notification) {
    button.hidden = true;
    say(part.dataset.unsupported);
  } else if (Notification.permission === "denied") {
    button.hidden = true;
    say(part.dataset.denied);
  } else {
    findThis(here, button).catch(() => {});
    button.addEventListener("click", async () => {
      button.disabled = true;
      say("");
      try {
        await turnOn();
      } catch (fault) {
        // The browser's own words are in its own language: ours say what can be done.
        const { denied, failed, noService } = part.dataset;
        const known = { NotAllowedError: denied, AbortError: noService, NotSupportedError: noService };
        say(known[fault.name] ?? (fault.name === "Error" && fault.message ? fault.message : failed));
        button.disabled = false;
      }
    });
  }
}
