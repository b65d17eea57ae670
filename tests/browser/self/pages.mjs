// A page without fault, and pages that differ from it in one fault each. They show that the checks can fail.

const STYLE = `
  body { margin: 0; font: 18px/1.5 sans-serif; color: #111; background: #fff; }
  main { padding: 16px; }
  a { color: #00506b; }
  table { border-collapse: collapse; } td, th { padding: 4px; min-width: 9em; text-align: left; }
  .scroll { overflow-x: auto; }
  button, input { font: inherit; min-height: 44px; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); font-size: 8px; }
  .small { font-size: 11px; } .wide { width: 1400px; } .cut { overflow-x: clip; white-space: nowrap; } .narrow { width: 40px; } .pale { color: #bbb; }
  .narrow-cell td { min-width: 0; width: 40px; } .narrow-cell { table-layout: fixed; width: 80px; }
  .tiny { display: inline-block; width: 16px; height: 16px; padding: 0; min-height: 0; overflow: hidden; }
`;

const GOOD = `<!doctype html>
<html lang="zh-Hant">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>跨園通行證</title><link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
<h1>跨園通行證</h1>
<p>僱主提出申請後，兩岸的辦事處會<a href="#why">同時審批</a>，完成後由本系統簽發。</p>
<p class="hidden">只供讀屏軟件朗讀的說明文字</p>
<p>規則代號 <code>refusal-permit-in-force</code></p>
<div class="scroll" tabindex="0" role="region" aria-label="個案">
<table class="cases"><caption>個案</caption>
<tr><th scope="col">姓名</th><th scope="col">現況</th></tr>
<tr><td>陳大文</td><td>等候深圳園區的辦事處決定</td></tr></table>
</div>
<svg width="300" height="60" viewBox="0 0 300 60" role="img" aria-label="西橋"><text x="4" y="40" font-size="16">西橋</text></svg>
<form method="post" action="/apply"><label for="name">姓名</label> <input id="name" name="name"> <button>提交申請</button></form>
</main>
</body>
</html>`;

/** What the faulty page replaces in the good one, the checks that must find it (and no other), and on which widths. */
export const FAULTY = {
  "the language of another page": { checks: ["language"], from: 'lang="zh-Hant"', to: 'lang="en"' },
  "no title": { checks: ["title", "axe"], from: "<title>跨園通行證</title>", to: "<title> </title>" },
  "something wider than the screen": { checks: ["width"], from: "<h1>", to: '<div class="wide">寬</div><h1>' },
  "text that the edge cuts off": { checks: ["width"], from: "<h1>", to: `<p class="cut">${"長".repeat(100)}</p><h1>` },
  "no viewport for phones": { checks: ["width"], from: '<meta name="viewport"', to: '<meta name="other"', widths: [375] },
  "text of 11 pixels": { checks: ["text-size"], from: "<h1>", to: '<p class="small">細字</p><h1>' },
  "a drawing scaled down until its text is tiny": {
    checks: ["text-size"],
    from: '<svg width="300" height="60"',
    to: '<svg width="150" height="30"',
  },
  "a column of two characters": { checks: ["column"], from: 'class="cases"', to: 'class="narrow-cell"' },
  "a paragraph squeezed to two characters": {
    checks: ["column"],
    from: "<h1>",
    to: '<div class="narrow">這是被擠成一行兩個字的說明</div><h1>',
  },
  "a button of 16 pixels": { checks: ["target-size"], from: "<button>", to: '<button class="tiny">' },
  "a lone link of 16 pixels": { checks: ["target-size"], from: "<h1>", to: '<a class="tiny" href="#x">去</a><h1>' },
  "the key of a message": { checks: ["raw-message"], from: "提交申請", to: "refusal-permit-in-force" },
  "an unfilled blank": { checks: ["raw-message"], from: "提交申請", to: "提交 {$count} 份" },
  "a broken character": { checks: ["raw-message"], from: "陳大文", to: "陳大\ufffd" },
  "a field without a label": { checks: ["axe"], from: '<label for="name">姓名</label>', to: "" },
  "text too pale to read": { checks: ["axe"], from: "<h1>", to: '<p class="pale">淺色文字</p><h1>' },
  "a style within the page, which its policy forbids": { checks: ["quiet"], from: "<h1>", to: '<h1 style="color: red">' },
  "a script that fails": { checks: ["quiet"], from: "</main>", to: '</main><script src="/broken.js"></script>' },
  "a request to somebody else": {
    checks: ["quiet"],
    from: "</main>",
    to: '</main><img src="http://127.0.0.1:9/a.png" alt="圖">',
  },
  "a picture that is not there": { checks: ["quiet"], from: "</main>", to: '</main><img src="/gone.png" alt="圖">' },
};

const SIGN_IN = (persona) => `<!doctype html><html lang="zh-Hant"><head><title>示範</title></head><body><main><h1>示範</h1>
<form method="post" action="/zh-Hant/demo/sign-in"><input type="hidden" name="persona" value="${persona}">
<button>陳大文</button></form></main></body></html>`;

/** Path → answer, for the server of the harness's own tests. */
export function answers() {
  const pages = {
    "/good": html(GOOD),
    "/refused": { ...html(GOOD), status: 422 },
    "/style.css": { type: "text/css", body: STYLE },
    "/broken.js": { type: "text/javascript", body: "throw new Error('broken on purpose')" },
    "/favicon.ico": { type: "image/x-icon", body: "" },
    "/zh-Hant/demo": html(SIGN_IN("clerk")),
    "/zh-Hant/demo/sign-in": { status: 303, location: "/good" },
  };
  Object.values(FAULTY).forEach(({ from, to }, index) => {
    if (!GOOD.includes(from)) throw new Error(`the good page has no ${from}`);
    pages[`/faulty/${index}`] = html(GOOD.replace(from, to));
  });
  return pages;
}

const html = (body) => ({ type: "text/html; charset=utf-8", body });
