// A passkey device that needs no finger: Chromium's virtual authenticator, over its debugger.

/**
 * Gives the page a built-in authenticator that confirms at once whoever asks.
 * @returns {Promise<{credentials: () => Promise<object[]>, refuse: (refusing: boolean) => Promise<void>, remove: () => Promise<void>}>}
 */
export async function addPasskeyDevice(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async credentials() {
      return (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
    },
    async refuse(refusing) {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: !refusing });
    },
    async remove() {
      await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
      await session.detach();
    },
  };
}
