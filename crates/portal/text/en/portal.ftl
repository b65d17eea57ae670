## navigation and capacity

nav-me = My affairs
nav-clerk = Organisation
nav-officer = Office
nav-services = Services
nav-dashboard = Figures
nav-log = Public log
nav-demo = Demonstration
nav-capacity = Change capacity
capacity-person = For yourself
capacity-clerk = Clerk, { $organisation }
capacity-officer = Officer, { $office }
capacity-title = In which capacity
capacity-lead = You have more than one capacity. Whatever you do is recorded in the one you choose.
capacity-current = You are acting in this capacity now.
capacity-take-up = Act in this capacity

## what was done: shown above the page that a form leads to

done-signed-out = You have signed out.

## problems

problem-remedy = What to do: 
problem-section = Source: { $section }
problem-home = Back to the home page
problem-sign-in = Sign in
problem-capacity = Change capacity
problem-not-found = This page is not here
    .text = There is nothing at this address, or it is not for you.
    .remedy = Check the address, or start again from the home page.
problem-wrong-method = This address is not used this way
    .text = This address does not take this kind of request.
    .remedy = Use the button on the page.
problem-sign-in-first = Sign in first
    .text = You are not signed in, or your session has ended. Nothing was changed.
    .remedy = Sign in and do it again.
problem-wrong-capacity = This page is for another capacity
    .text = You are signed in, but not in the capacity that this page is for.
    .remedy = If you have another capacity, change to it; otherwise leave it to whoever is in charge.
problem-form-not-ours = This form is no longer good
    .text = The form does not belong to your present session. Nothing was changed.
    .remedy = Go back, reload the page and send it again.
problem-unknown-format = The format is not known here
    .text = This address does not take content of this format.
    .remedy = Use the form on the page.
problem-too-large = This is too large
    .text = What was sent is over the limit and was not taken in.
    .remedy = Keep rosters within 4 MiB; split them into several files.
problem-too-many = Too many attempts
    .text = There were too many attempts in a short time.
    .remedy = Try again in { $seconds } seconds.
problem-refused = Not accepted
    .text = No rule in force permits this.
    .remedy = If you think this is wrong, ask the office in charge.
problem-form = The form has faults
    .text = Some fields are missing or not as they should be; nothing was taken in.
    .remedy = Correct them as each field says and send it again.
problem-roster = This roster cannot be read
    .text = The file as a whole cannot be read; no row was taken in ({ $code }).
    .remedy = Download the template, fill in its columns and upload it again.
problem-erased = This has been erased
    .text = These personal data were erased on request and cannot be read any more.
    .remedy = The record remains in the public log; its content cannot be restored.
problem-credential = The pass could not be issued to this phone
    .text = The key that the phone sent cannot be used.
    .remedy = Reload the page and try again, or show the code from the page without collecting.
problem-malformed = This request cannot be understood
    .text = Something is missing, or it does not belong to this page.
    .remedy = Go back and try again.
problem-busy = Busy just now
    .text = The request could not be handled in time and had no effect.
    .remedy = Try again in a moment.
problem-broken = Something went wrong here
    .text = The fault is ours. It was recorded and somebody will look at it.
    .remedy = Try again later; if it still fails, ask the operations centre.

## refusals of the rooms: parties

refusal-person-must-be-known = There is no person { $person }.
    .remedy = Check the number.
refusal-organisation-must-be-known = There is no organisation { $organisation }.
    .remedy = Check the number, or register the organisation first.
refusal-office-must-be-known = There is no office { $office }.
    .remedy = Choose one from the list of offices.
refusal-person-must-not-be-erased = The personal data of { $person } were erased.
    .remedy = If this person applies again, register them anew.
refusal-ruled-out = The rules in force do not permit this.
    .remedy = Ask the office in charge.
refusal-seal-must-be-the-persons-own = The data were not sealed with the person's own key.
    .remedy = Send it again from the page; if it happens again, tell the operations centre.
refusal-invitation-must-match = This link was used already, or is not yours.
    .remedy = Ask your organisation for a new link; if you have a passkey, sign in with it.
refusal-invitation-must-be-in-time = This link has expired.
    .remedy = Ask your organisation for a new link.
refusal-passkey-must-be-known = This passkey is not known here.
    .remedy = Use a registered passkey, or ask for a new link.
refusal-passkey-must-be-new = This passkey is registered already.
    .remedy = You can sign in with it.
refusal-passkeys-must-be-few = You have as many passkeys as one may have.
    .remedy = Remove one that you no longer use first.
refusal-document-must-be-in-force = The document has expired.
    .remedy = Give a document that is in force.
refusal-consent-must-be-on-offer = There is no such consent ({ $consent }, version { $version }).
    .remedy = The text may just have changed; reload the page and read it again.
refusal-consent-must-be-given = A purpose that is needed was not agreed to ({ $consent }).
    .remedy = Read it and agree before submitting; if you do not agree, withdraw the application.
refusal-officer-must-be-appointed = This person is not appointed to { $office }.
    .remedy = There is nothing to undo.
refusal-clerk-must-be-appointed = This person is no clerk of this organisation.
    .remedy = There is nothing to undo.

## refusals of the rooms: cases

refusal-service-must-be-known = There is no service { $service }.
    .remedy = Choose one from the catalogue.
refusal-case-must-be-known = There is no case { $case }.
    .remedy = Check the number.
refusal-leg-must-be-known = Case { $case } has no leg { $leg }.
    .remedy = Reload the case.
refusal-roster-must-be-known = There is no roster { $roster }.
    .remedy = Check the number.
refusal-subject-must-be-known = The person whom it is about is not registered.
    .remedy = Register the person first.
refusal-permit-must-be-known = There is no pass { $permit }.
    .remedy = Check the number.
refusal-person-must-act = A person has to do this; it is not done automatically.
    .remedy = Sign in and do it.
refusal-service-must-match-what-it-is-about = This service is not for what the case is about.
    .remedy = Choose the service that fits.
refusal-requested-day-must-be-given = The day of the visit is missing.
    .remedy = Give the day of the visit.
refusal-requested-day-must-not-be-past = The day of the visit is past.
    .remedy = Choose today or a later day.
refusal-case-must-be-the-only-one-open = There is already an open case for this ({ $case }).
    .remedy = Carry on with that one, or withdraw it first.
refusal-case-must-be-confirming = Case { $case } is not waiting to be confirmed.
    .remedy = Reload the page to see where it stands.
refusal-case-must-be-deciding = Case { $case } is not being decided.
    .remedy = Reload the page to see where it stands.
refusal-case-must-not-be-decided = Case { $case } was decided already.
    .remedy = If things have changed, apply anew.
refusal-document-must-be-confirmed = No document in force was confirmed.
    .remedy = Check and confirm the document first, then submit.
refusal-leg-must-be-undecided = This leg ({ $leg }) was decided by { $by } at { $at }.
    .remedy = Reload the page to see the result.
refusal-leg-must-be-open = This leg ({ $leg }) waits for the applicant's answer.
    .remedy = Wait for the answer.
refusal-leg-must-be-asked = This leg ({ $leg }) has no question to answer.
    .remedy = Reload the page to see where it stands.
refusal-leg-must-be-left-to-the-rule = This leg ({ $leg }) is not left to the rule.
    .remedy = An officer of the office in charge decides it.
refusal-seal-must-be-the-subjects-own = The text was not sealed with the key of the person concerned.
    .remedy = Send it again from the page; if it happens again, tell the operations centre.

## refusals of the rooms: permits

refusal-holder-must-be-known = The holder { $person } is not registered.
    .remedy = Register the holder first.
refusal-case-must-not-have-issued = A pass was issued for case { $case } already.
    .remedy = Use the one that was issued.
refusal-validity-must-end-after-it-begins = The pass would end before it begins.
    .remedy = Correct the validity.
refusal-permit-must-not-be-revoked = Pass { $permit } was revoked.
    .remedy = Apply anew if you need to cross.
refusal-permit-must-be-valid = Pass { $permit } is not valid at present.
    .remedy = Reload the page to see its status and why.
refusal-permit-must-be-suspended = Pass { $permit } is not suspended.
    .remedy = There is nothing to resume.
refusal-holder-key-must-be-new = This key is bound already.
    .remedy = It can be used as it is.
refusal-holder-key-must-be-bound = This key is not bound.
    .remedy = Reload the page to see which keys are bound.
refusal-thumbprint-must-be-well-formed = The key's thumbprint is not well formed.
    .remedy = Reload the page and try again.

## refusals of the rooms: crossings of people

refusal-gate-must-be-known = There is no gate { $gate }.
    .remedy = Check the gate's name.
refusal-gate-must-stand-where-the-passage-begins = { $gate } does not stand where the passage begins.
    .remedy = Use the gate on the bank that one leaves.
refusal-passage-must-be-open = Passage { $passage } has ended already.
    .remedy = Reload the page to see how it ended.
refusal-referral-must-be-open = { $passage } has no open referral.
    .remedy = Reload the page to see how it ended.
refusal-watch-must-be-known = { $watch } is not on the watchlist.
    .remedy = Check the number.
refusal-gate-must-be-open = { $gate } is closed already.
    .remedy = There is nothing to close.
refusal-gate-must-be-closed = { $gate } is open already.
    .remedy = There is nothing to open.
refusal-traveller-must-be-known = It is not known who is crossing.
    .remedy = Ask the holder to show the pass again.

## refusals of the desk

refusal-submission-must-not-be-empty = There is nothing to submit.
    .remedy = Fill it in and send it again.
refusal-submission-must-be-small = More than { $events_max } records at once.
    .remedy = Send it in parts.
refusal-event-must-be-small = One of the texts is too long.
    .remedy = Shorten it and send it again.
refusal-clock-must-not-go-back = The platform's clock is behind the last entry of the log.
    .remedy = Try again later; the operators have to set the clock right.
refusal-platform-must-act = Only the platform itself does this.
    .remedy = There is nothing for you to do.
refusal-enrolment-must-register = The registration is not complete.
    .remedy = Send it again.

## front: home

home-title = Hetao co-operation zone

## front: the demonstration's door

demo-title = Choose who to be
demo-lead = Everybody and everything here is synthetic. Sign in as somebody and see what they can do.
demo-sign-in = Sign in as this person

## the API: problems that only programs meet

problem-body = The JSON text is not what this address takes
    .text = The text could not be read, or has a field that is missing, unknown or of the wrong kind. Nothing took effect.
    .remedy = Mend what the errors name, by pointer, line and column; the document at /api/openapi.json has the shape.
problem-token-not-good = The token is not good
    .text = The token was not issued by this park, is damaged, or is over.
    .remedy = Ask whoever runs the park for a new one and send it as Authorization: Bearer.
problem-key-not-good = The idempotency key cannot be used
    .text = An idempotency key has 1 to 128 visible ASCII characters.
    .remedy = Make a new random key, for instance a UUID, for each new piece of work.
problem-key-reused = The idempotency key was used for something else
    .text = The same key came here before with another content. Nothing took effect.
    .remedy = Send the same content again, or choose a new key for the new one.
api-body-not-json = This is where the text stops being JSON.
api-body-unknown-field = This field is not known here.
api-body-missing-field = This field is missing.
api-body-wrong-value = The value is not of the kind that this field takes.
api-field-missing = This field is required.
api-field-unknown = The form has no such field.
api-field-wrong-type = The value is of another type than the form asks for.
api-field-not-a-choice = This is none of the choices.
api-field-not-a-date = This is not a date such as 2026-11-22.
api-field-too-short = Too short; the limit is { $limit }.
api-field-too-long = Too long; the limit is { $limit }.
api-field-too-small = Too small; the limit is { $limit }.
api-field-too-large = Too large; the limit is { $limit }.
api-field-must-be-true = This declaration has to be made.
api-field-wrong-format = This is not in the form that the field takes.

## shared: stages, passes, forms

stage-confirming = To be confirmed
stage-deciding = Being decided
stage-approved = Approved
stage-refused = Refused
stage-withdrawn = Withdrawn
pass-valid = Valid
pass-suspended = Suspended
pass-revoked = Revoked
direction-northbound = Northbound, to Shenzhen
direction-southbound = Southbound, to Hong Kong
form-optional = { $label } (optional)
form-declaration = Declaration
form-yes = Yes
form-no = No
word-warning = Warning
field-fault-missing = Fill in “{ $label }”.
field-fault-unknown = The form has no field “{ $label }”.
field-fault-wrong-type = “{ $label }” is not what is asked for. Follow the hint.
field-fault-not-a-choice = Choose one of the options of “{ $label }”.
field-fault-not-a-date = “{ $label }” must be a real date, such as 30 11 2026.
field-fault-too-short = “{ $label }” needs at least { $limit } characters.
field-fault-too-long = “{ $label }” may have { $limit } characters at the most.
field-fault-too-small = “{ $label }” must be { $limit } or more.
field-fault-too-large = “{ $label }” must be { $limit } or less.
field-fault-must-be-true = Tick the declaration: { $label }.
field-fault-wrong-format = “{ $label }” is not written as it should be. Follow the hint and the kind of document.
document-hong-kong-identity-card = Hong Kong identity card
document-mainland-identity-card = Mainland resident identity card
document-mainland-travel-permit = Mainland Travel Permit for Hong Kong and Macao Residents
document-exit-entry-permit = Exit-Entry Permit for Travelling to and from Hong Kong and Macao
document-passport = Passport

## clerks: overview and people

clerk-title = Organisation
clerk-lead = Apply for passes for your people and visitors, and follow them.
clerk-applications = Applications
clerk-passes = Passes
clerk-people-link = See all people
clerk-upload-link = Upload a roster
clerk-apply-one-link = Apply for one person
clerk-apply-link = Apply for a visitor
clerk-rosters = Rosters
clerk-roster = Roster
clerk-uploaded = Uploaded
clerk-applied = Applied for
clerk-faulty-left = To be mended
clerk-no-rosters = No roster yet
clerk-no-rosters-text = Once you upload one, the rows that need mending are listed here.
people-title = People
people-lead = Everybody you have applied for, the newest first.
people-all = All
people-decided = Decided
people-none = Nobody here
people-none-text = People are listed here once you have applied for them.
people-name = Name
people-service = Service
people-opened = Applied
people-stage = Stage
people-pass = Pass
people-link = Invitation
people-invite = Invite again
invited-title = Invited again
invited-lead = A new one-time link has gone to { $name }. The earlier link no longer works.
invited-until = The link works until
invited-demo = The demonstration sends no mail. This is the link:
invited-back = Back to people
apply-caption = Applied for by the organisation
apply-submit = Apply
done-applied = You have applied, and the person has been invited.
done-row-mended = The row is mended and applied for.

## clerks: rosters

roster-title = Upload a roster
roster-lead = Good rows are applied for in one go. Faulty rows are kept for you to mend one by one.
roster-guidance = About this service
roster-template-heading = Template
roster-template-text = Where your personnel system cannot export a roster, start from a template.
roster-upload-heading = Choose the file
roster-file = Roster file
roster-file-hint = A CSV file of at most 4 MB and 20,000 rows, in UTF-8 (with or without BOM), Big5 (with HKSCS) or GB18030. Column names may be in Traditional Chinese, Simplified Chinese or English.
roster-submit = Upload and apply
roster-privacy = The file is kept sealed. Each person then gets a link to confirm the document and consent to the use of the data; only then is the application decided.
roster-line = Line { $line }: 
roster-result-title = Roster { $roster }
roster-applied = Applied for
roster-faulty = Rows to be mended
roster-read-as = The file was read as { $encoding }.
roster-invited = Everybody applied for has been invited.
roster-not-kept = { $count } more faulty rows were too many to keep. Mend the file and upload it again.
roster-none-faulty = No row needs mending
roster-none-faulty-text = Everybody on this roster has been applied for.
roster-to-mend = Rows to mend
roster-to-mend-text = Choose a line to mend it here, or mend the file and upload it again.
roster-again = Upload another roster
fault-line = Line
fault-line-number = Line { $line }
fault-mend = mend
fault-column = Column
fault-column-number = { $name } (column { $column })
fault-given = In the file
fault-what = What is wrong
fault-remedy = How to mend it
fault-other-line = See line { $line }.
fault-suggestion = Perhaps: { $suggestion }
fault-of = { $name }: { $what }
mend-title = Mend line { $line }
mend-lead = The row as the file had it. Once it is right it is applied for.
mend-still = Something is still wrong. What you typed is kept.
mend-submit = Mend and apply
mend-back = Back to the roster

## officers: the desk and its queue

office-tabs = The office's desk
office-queue = Queue
office-passes = Passes
office-open-items = Open items
office-watchlist = Watchlist
office-gates = Gates
queue-title = Queue
queue-lead = Cases that wait for this office, the nearest deadline first.
queue-cut = The queue is long. Only its oldest cases are sorted here.
queue-empty = Nothing waits for a decision
queue-empty-text = A new case appears here as soon as it is submitted. If you filtered the list, clear the filter.
queue-case = Case
queue-applicant = Applicant
queue-employer = Employer or host
queue-opened = Opened
queue-due = Due
queue-taken = Taken by
queue-left = { $days ->
    [one] 1 working day left
   *[other] { $days } working days left
}
queue-late = { $days ->
    [one] 1 working day late
   *[other] { $days } working days late
}
queue-service = Service
queue-state = State
queue-urgency = Urgency
queue-all = All
urgency-stopped = Clock stopped
urgency-in-time = In time
urgency-warned = Half the time used
urgency-pressing = Nearly due
urgency-breached = Overdue
leg-open = To be decided
leg-asked = Waiting for the applicant
leg-approved = Approved
leg-refused = Refused
leg-moot = No decision needed

## officers: a case

case-of = { $service } for { $name }
case-both-banks = Progress on both banks
case-not-submitted = The person has not confirmed and submitted yet. No office's clock is running.
case-history = History
case-rule = The rule that applies
rule-permits = You may decide
rule-refuses = You may not handle this
rule-illustrative = illustrative
case-leg-done = Your office's part is over.
case-no-leg = No part of this case is for your office to decide.
case-decide = Decide your office's leg
case-take = Take this case
case-taken-by-you = You have taken this case.
case-taken-by = { $name } has taken this case.
case-waits-for-answer = The applicant has been asked. The clock stands still until they answer.
case-reason = Reason
case-reason-hint = The applicant sees it; the other bank does not.
case-reason-missing = Give the reason for your decision.
case-approve = Approve
case-refuse = Refuse
case-ask = Ask the applicant
case-question = Question
case-question-hint = Your office's clock stops until the answer comes.
case-question-missing = Say what you want to know.
case-ask-submit = Send the question
case-decided-already = { $name } decided this leg on { $when }.
case-decided-by-rule = This leg was decided by rule on { $when }.
case-decided-remedy = Your decision was not recorded. The case below is as it stands now.
case-answers = What was applied for
case-document = Identity document
case-erased = This person's data have been erased.
case-revokes = Approval revokes the pass
case-erases = Once this is approved, the platform's operator runs this command on the server. It destroys the person's key; the log still verifies.
case-issued = Pass issued
person-name = Name
person-latin-name = Name in Latin letters
person-born = Date of birth
person-nationality = Nationality
person-job = Job title
person-staff-number = Staff number
person-document = Kind of document
person-document-missing = Not confirmed by the person yet
person-document-number = Document number
person-document-expires = Valid until
person-document-confirmed = Confirmed by the person
history-opened = Applied
history-submitted = Confirmed and submitted
history-taken = Taken by an officer
history-approved = Approved
history-approved-by-rule = Approved by rule
history-refused = Refused
history-left-to-officer = Left by the rule to an officer
history-asked = Applicant asked; clock stopped
history-answered = Applicant answered; clock goes on
history-case-approved = Case approved
history-case-refused = Case refused
history-withdrawn = Case withdrawn
history-roster = Roster
history-platform = Platform
history-withheld = The text stays with the other bank's authority and is not shown here (section { $section }).
history-erased = The key of this text has been destroyed.
done-leg-taken = You have taken the case.
done-leg-approved = Your office's leg is approved.
done-leg-refused = Your office's leg is refused.
done-applicant-asked = The question is sent and the clock stopped.

## officers: passes

passes-title = Passes
passes-lead = Find a pass by its number, or by its holder's.
passes-number = Number
passes-number-hint = For example T-12, or a person's number such as P-34.
passes-search = Find
passes-not-found = There is no pass with this number. Check it and try again.
passes-none = No pass has been issued yet
passes-none-text = A pass is issued once both banks have approved an application.
pass-title = Pass { $permit }
pass-number = Number
pass-holder = Holder
pass-status = Status
pass-service = Service
pass-employer = Employer or host
pass-validity = Validity
pass-bridges = Bridges
pass-directions = Directions
pass-hours = Hours
pass-case = Case
pass-devices = Devices and cards linked
pass-suspend = Suspend
pass-resume = Resume
pass-revoke = Revoke
pass-revoke-warning = A revoked pass stops working at once and cannot be restored.
pass-reason = Reason
pass-reason-choose = Choose a reason
pass-reason-missing = Choose the reason.
pass-note = Note (optional)
pass-note-hint = Sealed under the holder's key.
pass-revocation = Ask for a revocation
pass-revocation-text = Where it is not urgent, let the supervision office decide.
pass-revocation-open = Open a case
revocation-submit = Open the case
reason-lost = Lost or stolen
reason-left-employer = Left the employer
reason-misuse = Misuse
reason-office-request = Requested by an office
reason-holder-request = Requested by the holder
reason-case-decided = Decided by a case
done-pass-suspended = The pass is suspended.
done-pass-resumed = The pass is in force again.
done-pass-revoked = The pass is revoked.
done-revocation-opened = The case for its revocation is open.

## officers: open items, watchlist, gates

items-title = Open items
items-lead = Passages and referred travellers that this office answers for, the oldest first.
items-none = Nothing is open
items-none-text = Passages that take too long, and travellers whom a gate refers, appear here.
items-cut = There are many. Only the oldest are shown.
items-referred = Referred traveller { $passage }
items-overdue = Unfinished passage { $passage }
items-nobody = Not identified
items-traveller = Traveller
items-gate = Gate
items-since = Since
items-reason = Why referred
items-note = Note (optional)
items-let-pass = Let pass
items-turn-away = Turn away
items-is-on = The traveller is in { $bank }
done-item-settled = The item is settled.
watch-title = This bank's watchlist
watch-lead = For this bank's immigration officers alone. Neither the other bank nor travellers see it.
watch-none = The list is empty
watch-none-text = Whoever holds a document listed here is seen by an officer before crossing.
watch-entry = Entry
watch-since = Listed
watch-remove = Remove
watch-remove-submit = Take off the list
watch-add = Add a document
watch-kind = Kind of document
watch-kind-choose = Choose a kind
watch-kind-missing = Choose the kind of document.
watch-number = Document number
watch-number-missing = Give the document's number, at most 24 characters.
watch-add-submit = Put on the list
watch-sealed = The number is kept in a form that nobody can read back, you included. Note the entry's number elsewhere.
done-watch-listed = The document is on the list.
done-watch-unlisted = The entry is off the list and its key destroyed.
gates-title = Gates
gates-lead = Close a gate where something is wrong. Travellers on the bridge are not affected.
gates-index-lead = Two footbridges, each with a gate at either end.
gates-gate = Gate
gates-bridge = Bridge
gates-direction = Departing
gates-state = State
gates-hours = Hours
gates-change = Change
gates-open = Open the gate
gates-close = Close the gate
gates-screen = Open the gate's screen
gate-open = Open
gate-closed-by-hours = Closed at this hour
gate-closed-by-officer = Closed by an officer
done-gate-opened = The gate is open.
done-gate-closed = The gate is closed.

## gates: the screen

gate-ready = Show your pass
gate-pass = Pass
gate-refer = See an officer
gate-refuse = No entry
gate-pass-text = Please walk across.
gate-refer-text = An officer will help you across.
gate-refuse-text = The gate cannot let you pass.
gate-decided-at = Decided at { $time }
gate-took = in { $milliseconds } ms
gate-entry = log entry { $entry }
gate-scan = Scan or paste the pass
gate-scan-submit = Check
gate-camera = Use the camera
gate-camera-view = What the camera sees
gate-passages = On the bridge from this gate
gate-no-passages = Nobody from this gate is on the bridge.
gate-arrived = Arrived at the far side
gate-returned = Returned
gate-latest = Latest decisions
gate-no-latest = No decision yet.
gate-back = All gates
done-passage-arrived = The arrival is recorded.
done-passage-returned = The return is recorded.
nav-gates = Gates
