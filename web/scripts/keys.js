// Keys for those who clear a queue all day: rows by j and k, open by o, tick by x, the filter by f. They are told under
// the list, do nothing while somebody types, and can be turned off there, for voices and shaking hands press keys too.
const OFF = "hetao-keys-off";

const help = document.querySelector("[data-keys]");
const off = document.querySelector("[data-keys-off]");
const rows = [...document.querySelectorAll(".data tbody tr")];
let at = -1;

function move(by) {
  if (rows.length === 0) return;
  at = Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[at].querySelector("a")?.focus();
  rows[at].scrollIntoView({ block: "nearest" });
}

const does = {
  j: () => move(1),
  k: () => move(-1),
  o: () => rows[at]?.querySelector("a")?.click(),
  x: () => rows[at]?.querySelector("input[type=checkbox]")?.click(),
  f: () => {
    const filter = document.querySelector("details.filter");
    if (filter) filter.open = true;
    filter?.querySelector("select, input")?.focus();
  },
};

function isTyping(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])") !== null;
}

if (help) {
  help.hidden = false;
  off.checked = localStorage.getItem(OFF) === "yes";
  off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "yes" : "no"));
  document.addEventListener("keydown", (event) => {
    if (off.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (!Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key]();
  });
  rows.forEach((row, index) => row.addEventListener("focusin", () => (at = index)));
}
