// Passkeys: asks the portal for a question, the authenticator for its answer, and hands the answer in. The button it
// brings to life is hidden where there are no scripts, and the page says so there.

const fromText = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function post(address, csrf, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.detail ?? "");
  return said;
}

/** The page's own address with one more step in its path; a query stays where it is. */
function step(href, name) {
  const address = new URL(href, location.href);
  address.pathname += `/${name}`;
  return address;
}

function withBytes(options) {
  const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: fromText(key.id) }));
  const options_ = { ...options, challenge: fromText(options.challenge) };
  if (options.user) options_.user = { ...options.user, id: fromText(options.user.id) };
  if (options.excludeCredentials) options_.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) options_.allowCredentials = listed(options.allowCredentials);
  return options_;
}

function asText(credential) {
  const { response } = credential;
  const said = { clientDataJSON: toText(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = toText(response.attestationObject);
    said.transports = response.getTransports?.() ?? [];
  } else {
    said.authenticatorData = toText(response.authenticatorData);
    said.signature = toText(response.signature);
    said.userHandle = response.userHandle ? toText(response.userHandle) : null;
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    extensions: credential.getClientExtensionResults(),
    response: said,
  };
}

async function ask(part) {
  const { passkey: what, href, csrf } = part.dataset;
  const { publicKey } = await post(step(href, "question"), csrf, {});
  const credential = await navigator.credentials[what]({ publicKey: withBytes(publicKey) });
  const { location: next } = await post(step(href, "answer"), csrf, asText(credential));
  location.assign(next);
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  const button = part.querySelector("button");
  const message = part.querySelector("[data-passkey-message]");
  const say = (text) => {
    message.textContent = text;
    message.hidden = text === "";
  };
  part.hidden = false;
  if (!window.PublicKeyCredential || !navigator.credentials) {
    button.hidden = true;
    say(part.dataset.unsupported);
    continue;
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    say("");
    try {
      await ask(part);
    } catch (fault) {
      // Whoever closes the device's window said no; everything else has a reason worth reading.
      say(fault.name === "NotAllowedError" ? part.dataset.refused : fault.message || part.dataset.failed);
      button.disabled = false;
    }
  });
}
