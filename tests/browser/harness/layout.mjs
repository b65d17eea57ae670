// What axe does not see: a page may have no finding of its and still be unusable, with columns of one character.
// The function runs inside the page, so it is whole in itself and uses nothing from this file.

/**
 * @param {{language: string, width: number, keys: string[]}} expected
 * @returns {{check: string, what: string}[]}
 */
export function layoutFaults({ language, width, keys }) {
  const TEXT_PIXELS_MIN = 12;
  const TARGET_PIXELS_MIN = 24;
  const COLUMN_CHARACTERS_MIN = 6;
  const SHOWN_MAX = 5;
  const TARGETS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], " +
    "[role=button], [role=link], [role=tab], [role=checkbox], [role=radio], [role=switch], [role=menuitem]";
  const HAN = /[\u3400-\u9fff\uf900-\ufaff]/g;
  const faults = [];
  const report = (check, what, places) => {
    const more = places.length > SHOWN_MAX ? ` and ${places.length - SHOWN_MAX} more` : "";
    if (places.length > 0) faults.push({ check, what: `${what}: ${places.slice(0, SHOWN_MAX).join("; ")}${more}` });
  };

  const nameOf = (element) => {
    const text = (element.textContent || element.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ");
    const id = element.id ? `#${element.id}` : "";
    const classes = [...element.classList].slice(0, 2).map((name) => `.${name}`).join("");
    return `${element.localName}${id}${classes} “${text.slice(0, 30)}”`;
  };
  // Text for screen readers alone is clipped to a point; what cannot be seen cannot be too small.
  const clipped = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const tiny = at.clientWidth <= 1 && at.clientHeight <= 1 && style.overflow !== "visible";
      if (tiny || style.clip === "rect(0px, 0px, 0px, 0px)" || style.clipPath === "inset(50%)") return true;
    }
    return false;
  };
  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !clipped(element);

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    if (!node.data.trim() || boxes.length === 0 || !visible(element)) continue;
    texts.push({ text: node.data, element, right: Math.max(...boxes.map((box) => box.right)) });
  }

  const head = () => {
    const given = document.documentElement.lang;
    if (given !== language) faults.push({ check: "language", what: `html lang is “${given}”, not “${language}”` });
    if (!document.title.trim()) faults.push({ check: "title", what: "the page has no title" });
  };

  // What can be scrolled to is reached; what the page's edge cuts off is lost, though the page be no wider for it.
  const scrolled = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/^(auto|scroll)$/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const breadth = () => {
    const whole = document.documentElement.scrollWidth;
    if (whole <= width) {
      const lost = texts.filter(({ element, right }) => right > width + 1 && !scrolled(element));
      report("width", `text beyond the edge of a screen of ${width} px`, lost.map(({ element }) => nameOf(element)));
      return;
    }
    const beyond = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      const children = [...element.children].some((child) => child.getBoundingClientRect().right > width + 1);
      return box.width > 0 && box.right > width + 1 && !children && visible(element);
    });
    const what = `the page is ${whole} px wide on a screen of ${width} px`;
    report("width", what, beyond.length > 0 ? beyond.map(nameOf) : ["no element is: is there a viewport in its head?"]);
  };

  // In a drawing the size written is not the size seen: the drawing is scaled to its place.
  const scaleOf = (element) => {
    const matrix = element.ownerSVGElement && element.getScreenCTM?.();
    return matrix ? Math.hypot(matrix.a, matrix.b) : 1;
  };
  const smallText = () => {
    const small = texts
      .map(({ element }) => ({ element, size: parseFloat(getComputedStyle(element).fontSize) * scaleOf(element) }))
      .filter(({ size }) => size < TEXT_PIXELS_MIN - 0.05)
      .map(({ element, size }) => `${size.toFixed(1)} px in ${nameOf(element)}`);
    report("text-size", `text under ${TEXT_PIXELS_MIN} px`, small);
  };

  const narrowColumns = () => {
    const holders = new Set(texts.map(({ element }) => element.closest("td, th") ?? element));
    const narrow = [...holders].filter((element) => {
      const style = getComputedStyle(element);
      if (!(element instanceof HTMLElement) || /^(inline|contents)$/.test(style.display)) return false;
      if (!style.writingMode.startsWith("horizontal")) return false;
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const characters = (element.innerText.match(HAN) ?? []).length;
      return characters > COLUMN_CHARACTERS_MIN && room < COLUMN_CHARACTERS_MIN * parseFloat(style.fontSize) - 0.5;
    });
    report("column", `a column under ${COLUMN_CHARACTERS_MIN} characters`, narrow.map(nameOf));
  };

  // A link inside a sentence is as high as its line, and is let be; one that stands alone is a target like any other.
  const inSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    const within = [...(block?.querySelectorAll(TARGETS) ?? [])].map((target) => target.innerText ?? "").join("");
    const bare = (text) => text.replace(/[\s|·、，,/]/g, "").length;
    return bare(block?.innerText ?? "") > bare(within);
  };
  const sizeOf = (element) => {
    const own = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const line = style.display === "inline" ? parseFloat(style.lineHeight) || 0 : 0;
    // Pressing the label presses the box beside it.
    const labels = [...(element.labels ?? [])].map((label) => label.getBoundingClientRect());
    return {
      width: Math.max(own.width, ...labels.map((label) => label.width)),
      height: Math.max(own.height, line, ...labels.map((label) => label.height)),
    };
  };
  const smallTargets = () => {
    const small = [...document.querySelectorAll(TARGETS)]
      .filter((element) => visible(element) && !element.disabled && !inSentence(element))
      .map((element) => ({ element, size: sizeOf(element) }))
      .filter(({ size }) => Math.min(size.width, size.height) < TARGET_PIXELS_MIN - 0.5)
      .map(({ element, size }) => `${size.width.toFixed(0)} × ${size.height.toFixed(0)} px: ${nameOf(element)}`);
    report("target-size", `something to press under ${TARGET_PIXELS_MIN} × ${TARGET_PIXELS_MIN} px`, small);
  };

  const rawMessages = () => {
    const known = new Set(keys);
    const raw = texts
      .filter(({ element }) => !element.closest("code, pre, kbd, samp"))
      .filter(({ text }) => {
        const placeable = /\{\s*[$-]|No localization for id|\ufffd/.test(text);
        return placeable || (text.match(/[A-Za-z][\w.-]*/g) ?? []).some((word) => known.has(word));
      })
      .map(({ element }) => nameOf(element));
    report("raw-message", "a message's key, an unfilled blank or a broken character is shown", raw);
  };

  [head, breadth, smallText, narrowColumns, smallTargets, rawMessages].forEach((check) => check());
  return faults;
}
