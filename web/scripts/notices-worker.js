// Shows what the park pushes, and opens the page that it leads to. It keeps nothing and stands before no request.

/** What cannot be read is shown all the same: a browser lets nothing come unseen. */
function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

/** A page of ours, whatever was written. */
function own(url) {
  try {
    const address = new URL(url, self.location.origin);
    return address.origin === self.location.origin ? address.href : self.location.origin;
  } catch {
    return self.location.origin;
  }
}

self.addEventListener("push", (event) => {
  const { title, body, lang, tag, url } = event.data ? read(event.data) : {};
  const options = { body: body ?? "", lang: lang ?? "", tag: tag ?? "hetao", data: { url: own(url ?? "/") } };
  event.waitUntil(self.registration.showNotification(title ?? "河套 Hetao", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data;
  const open = async () => {
    const pages = await self.clients.matchAll({ type: "window" });
    const page = pages.find((one) => one.url === url);
    await (page ? page.focus() : self.clients.openWindow(url));
  };
  event.waitUntil(open());
});
