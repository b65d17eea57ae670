// A long application: a draft that is left and found again, a document that lies, the review, and what the office sees;
// then rows, a long list, an address and the plan, with scripts and without.

import assert from "node:assert/strict";
import { forEachView } from "../harness/browser.mjs";
import { PDF, beginDraft, fillPart, send, upload, wholeDraft } from "./steps/long.mjs";

forEachView("a clerk fills in a long application and sends it", async (view) => {
  const { page } = view;
  await view.signInAs("clerk-hong-kong");
  await view.go("/employer/apply/research-deduction");
  await view.check("draft-begin");
  const draft = await beginDraft(view);
  await view.check("draft-tasks");
  await fillPart(view, draft, "company");
  await view.go(`${draft}/parts/spending`);
  await page.fill(`main [name="staff-cost"]`, "12,34");
  await page.locator(`main form button.button--primary`).click();
  await view.check("draft-part-faulty");
  await upload(view, draft, "accounts", "accounts.pdf", Buffer.from("MZ a program"));
  assert.equal(await page.locator("#field-file-error").count(), 1, "the lie is told at the field");
  await view.check("draft-document-refused");
  await upload(view, draft, "accounts", "accounts.pdf", PDF);
  await view.check("draft-document");
  await view.go(`${draft}/review`);
  await page.locator("main form button.button--primary").click();
  await view.check("review-missing");
  await view.go("/employer");
  assert.equal(await page.locator(`main a[href*="${draft}"]`).count(), 1, "the draft is found again");
  for (const part of ["project", "spending", "contact"]) await fillPart(view, draft, part);
  for (const document of ["schedule", "project-record"]) await upload(view, draft, document);
  await view.go(`${draft}/review`);
  assert.ok((await page.locator("main").innerText()).includes("8,000,000.20"), "the deduction is reckoned");
  await view.check("review");
  const id = await send(view, draft);
  await view.check("sent");
  await view.go(`/me/cases/${id}/files`);
  await view.check("attachments-add");
});

forEachView("rows, long lists and the plan", async (view) => {
  const { page } = view;
  await view.signInAs("clerk-hong-kong");
  await view.go("/employer/apply/group-visit");
  const rows = page.locator(".rows__one");
  const before = await rows.count();
  await page.fill(`main [name="group-name"]`, "示範團");
  await page.locator(`main button[name="add"]`).click();
  assert.equal(await rows.count(), before + 1, "a row more");
  assert.equal(await page.inputValue(`main [name="group-name"]`), "示範團", "nothing is lost");
  await page.fill(`main [name="members/0/nationality"]`, "nige");
  await page.locator(`main button[name="look"][value="members/0/nationality"]`).click();
  assert.ok((await page.locator(`main [name="members/0/nationality/pick"]`).count()) > 1, "there are matches to choose from");
  await view.check("long-form-rows");
});

forEachView("an address asks for what its region has, and a question for its file", async (view) => {
  const { page } = view;
  await view.signInAs("researcher-shenzhen");
  const draft = await beginDraft(view, "talent-apartment", "me/apply");
  await view.go(`${draft}/parts/you`);
  const region = page.locator(`main input[type="radio"][name="address/region"]`);
  const street = page.locator(".revealed");
  assert.equal(await street.first().isVisible(), false, "what belongs to a region is shown before it is chosen");
  await region.first().check();
  assert.ok(await street.first().isVisible(), "what belongs to the region is not shown");
  await view.check("long-form-address");
  await view.go(`${draft}/parts/family`);
  await page.fill(`main [name="household"]`, "2");
  await page.locator(`main button[name="files"]`).click();
  await page.waitForURL(/documents\/household/);
  await page.setInputFiles(`input[type="file"]`, { name: "proof.pdf", mimeType: "application/pdf", buffer: PDF });
  await page.locator("main form[enctype] button").click();
  await view.check("file-field-upload");
  await page.locator(`main a[href*="/parts/family"]`).last().click();
  await page.waitForURL(/parts\/family/);
  assert.equal(await page.inputValue(`main [name="household"]`), "2", "what was typed before the upload is lost");
  assert.ok((await page.locator("#field-household-proof").innerText()).includes("proof.pdf"), "the file is at its question");
  await view.check("file-field");
});

forEachView("a long application without scripts", { languages: ["zh-Hant"], widths: [375], scripts: false }, async (view) => {
  await view.signInAs("clerk-hong-kong");
  const draft = await wholeDraft(view);
  await view.screenshot("review-without-scripts");
  await send(view, draft);
});
