// A long application: the deduction for R&D, filled in part by part as a clerk does it.

const SERVICE = "research-deduction";

/** A PDF that is one. */
export const PDF = Buffer.from("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");

const PARTS = {
  company: {
    text: { "business-registration": "12345678", "tax-file": "22/12345678" },
    choose: { year: "2025-26" },
    dates: { "basis-from": ["2025", "4", "1"], "basis-until": ["2026", "3", "31"] },
  },
  project: {
    text: {
      "project-title": "晶片類器官平台",
      uncertainty: "事前無人能斷定組織可否在晶片上存活多於九天，亦無公開文獻可循，需要反覆試驗培養液與流速，才能得出可重複的結果。又需證明藥物反應與病人相符，並逐項記錄失敗的條件。",
    },
    choose: { field: "life-health", "done-by": "own-staff" },
    dates: {},
  },
  spending: {
    text: { "staff-cost": "2,500,000", "consumables-cost": "600,000.10", "institution-cost": "0", grants: "100,000" },
    choose: {},
    dates: {},
  },
  contact: {
    text: { "contact-name": "陳大文", "contact-email": "tai.man.chan@example.org", "contact-phone": "+852 5000 0101" },
    choose: {},
    tick: ["true"],
    dates: {},
  },
};

/** Begins a draft and gives its address, without the language. */
export async function beginDraft(view, service = SERVICE, apply = "employer/apply") {
  await view.go(`/${apply}/${service}`);
  await view.page.locator("main form button[type=submit]").last().click();
  await view.page.waitForURL(/\/drafts\//);
  return new URL(view.page.url()).pathname.replace(`/${view.language}`, "").replace(/\/parts\/.*$/, "");
}

export async function fillPart(view, draft, part) {
  const { page } = view;
  await view.go(`${draft}/parts/${part}`);
  const { text, choose, tick = [], dates } = PARTS[part];
  for (const [name, value] of Object.entries(text)) await page.fill(`main [name="${name}"]`, value);
  for (const [name, value] of Object.entries(choose)) await page.check(`main [name="${name}"][value="${value}"]`);
  for (const name of tick) await page.check(`main [name="${name}"]`);
  for (const [name, [year, month, day]] of Object.entries(dates)) {
    await page.fill(`main [name="${name}-year"]`, year);
    await page.fill(`main [name="${name}-month"]`, month);
    await page.fill(`main [name="${name}-day"]`, day);
  }
  await page.locator(`main form button.button--primary`).click();
}

export async function upload(view, draft, document, name = `${document}.pdf`, buffer = PDF) {
  const { page } = view;
  await view.go(`${draft}/documents/${document}`);
  await page.setInputFiles(`input[type="file"]`, { name, mimeType: "application/octet-stream", buffer });
  await page.locator("main form[enctype] button").click();
}

/** Everything filled in and uploaded; the draft's address. */
export async function wholeDraft(view) {
  const draft = await beginDraft(view);
  for (const part of Object.keys(PARTS)) await fillPart(view, draft, part);
  for (const document of ["accounts", "schedule", "project-record"]) await upload(view, draft, document);
  return draft;
}

/** Sends it; the case's number. */
export async function send(view, draft) {
  const { page } = view;
  await view.go(`${draft}/review`);
  await page.locator("main form button.button--primary").click();
  await page.waitForURL(/\/me\/cases\/C-\d+/);
  return page.url().match(/C-\d+/)[0];
}
