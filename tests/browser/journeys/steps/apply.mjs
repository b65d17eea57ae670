// A new colleague, from the clerk's roster of one row to an application that both banks can decide.

import assert from "node:assert/strict";

const HEAD =
  "Staff no.,Surname,Given names,ID type,ID number,ID expiry date,Date of birth,Nationality,E-mail,Mobile,Job title,Park,Language";

// Nobody else in the park is called so; each view of a file has a colleague of its own.
const SURNAME = "QUILL";
const GIVEN = ["Alba", "Bruna", "Clio", "Dora", "Edda", "Flora", "Greta", "Hilda"];
let colleagues = 0;

/** Somebody who lives in Shenzhen and works in the Hong Kong park: a traveller southbound in the morning. */
export function newColleague(language) {
  const given = GIVEN[colleagues % GIVEN.length];
  const staffNumber = `B${String(process.pid).slice(-4)}${colleagues}`;
  const document = `C9${String(1_000_000 + (process.pid % 100_000) * 10 + colleagues).slice(-7)}`;
  colleagues += 1;
  const row = [
    staffNumber, SURNAME, given, "EEP", document, "2035-02-14", "1990-06-12", "Chinese",
    `${given.toLowerCase()}@heron.example`, "+86 199 3000 0001", "Researcher", "Hong Kong", language,
  ];
  return { name: given, roster: `${HEAD}\n${row.join(",")}\n` };
}

/** The clerk uploads the colleague's roster and asks for a new one-time link, which the demonstration shows. */
export async function inviteColleague(view, colleague) {
  const { page } = view;
  await view.signInAs("clerk-hong-kong");
  await view.go("/employer/roster/commuter-pass");
  const file = { name: "one.csv", mimeType: "text/csv", buffer: Buffer.from(colleague.roster) };
  await page.setInputFiles(`input[type="file"]`, file);
  await page.locator("main form[enctype] button").click();
  await page.waitForURL(/\/rosters\/R-\d+/);
  await view.go("/employer/people?stage=confirming");
  const row = page.locator("main tbody tr").filter({ hasText: colleague.name });
  assert.equal(await row.count(), 1, `${colleague.name} was not applied for`);
  await row.locator(`form[action$="/invite"] button`).click();
  return page.locator(`main a[href*="/enrol/"]`).getAttribute("href");
}

/** Opens the link, makes a passkey, and returns the number of the case that waits for the person. */
export async function enrol(person, link) {
  const { page } = person;
  await page.goto(link);
  await page.locator(`[data-passkey="create"] button`).click();
  await page.waitForURL(/\/me\?/);
  const href = await page.locator(`main a[href*="/me/cases/"]`).first().getAttribute("href");
  return /C-\d+/.exec(href)[0];
}

/** Confirms the document, gives every consent, submits; `look` is told of each page. */
export async function confirmAndSubmit(person, number, look = async () => {}) {
  const { page } = person;
  const confirm = `/me/cases/${number}/confirm`;
  await person.go(confirm);
  await look("steps");
  await person.go(`${confirm}/document`);
  await look("document");
  await page.locator("main form button").last().click();
  await page.waitForURL(/done=document-confirmed/);
  const consents = await page.$$eval(`main a[href*="/confirm/consents/"]`, (found) => found.map((a) => a.href));
  assert.ok(consents.length > 0, "no consent is asked for");
  for (const [index, href] of consents.entries()) {
    await page.goto(href);
    if (index === 0) await look("consent");
    await page.locator(`main button[name="answer"][value="agree"]`).click();
    await page.waitForURL(/done=consent-given/);
  }
  await page.locator("main form button").last().click();
  await page.waitForURL(/done=case-submitted/);
  await look("submitted");
}
