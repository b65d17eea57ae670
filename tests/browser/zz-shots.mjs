import { chromium } from "playwright-core";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: ["--no-sandbox","--disable-gpu"] });
const O="http://localhost:8390", K="http://localhost:8391";
async function shot(name, url, w, h, lang, full=true){
  const c = await b.newContext({viewport:{width:w,height:h}, locale: {"zh-Hant":"zh-HK","zh-Hans":"zh-CN",en:"en-GB"}[lang]});
  const p = await c.newPage(); await p.goto(url); await p.screenshot({path:`/tmp/gshots/${name}.png`, fullPage: full}); await c.close();
}
await shot("home-hant-1280", `${O}/zh-Hant/`,1280,900,"zh-Hant",false);
await shot("help-hant-1280", `${O}/zh-Hant/help?q=${encodeURIComponent("研發扣稅")}`,1280,900,"zh-Hant");
await shot("help-hans-375", `${O}/zh-Hans/help?q=${encodeURIComponent("无感通关")}`,375,812,"zh-Hans");
await shot("help-en-1280", `${O}/en/help`,1280,900,"en");
await shot("help-none-en-375", `${O}/en/help?q=xyzzyplugh`,375,812,"en");
await shot("article-hans-1280", `${O}/zh-Hans/help/apply-for-commuter-pass`,1280,900,"zh-Hans");
await shot("outline-en-1280", `${O}/en/outline/7.2.4`,1280,900,"en");
await shot("outline-hant-375", `${O}/zh-Hant/outline/7.2`,375,812,"zh-Hant",false);
await shot("contents-hant-1280", `${O}/zh-Hant/outline`,1280,900,"zh-Hant",false);
await shot("rule-hant-1280", `${O}/zh-Hant/rules/pass-must-not-be-revoked`,1280,900,"zh-Hant");
await shot("kiosk-start-hant", `${K}/zh-Hant/kiosk`,1080,1920,"zh-Hant",false);
await shot("kiosk-service-en", `${K}/en/kiosk/services/question`,1080,1920,"en",false);
await shot("kiosk-signin-hans-1280", `${K}/zh-Hans/kiosk/sign-in`,1280,900,"zh-Hans",false);
await b.close();
