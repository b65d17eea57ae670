// What a gate's screen is better with: the field keeps the focus for the scanner, and where the browser reads codes, the
// device's own camera is a scanner too. The form works without any of it.
const form = document.querySelector('[data-gate="scan"]');
const field = form?.querySelector('[name="presentation"]');
const button = form?.querySelector('[data-gate="camera"]');
const video = form?.querySelector('[data-gate="video"]');

/** Milliseconds between two looks at the camera's picture. */
const LOOK_EVERY = 200;

async function scan() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const timer = setInterval(async () => {
    const [code] = await detector.detect(video).catch(() => []);
    if (!code?.rawValue) return;
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    field.value = code.rawValue;
    form.requestSubmit();
  }, LOOK_EVERY);
}

if (button && video && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  // Whoever refuses the camera keeps the field.
  button.addEventListener("click", () => scan().catch(() => (button.hidden = true)));
}
