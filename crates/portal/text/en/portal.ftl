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
