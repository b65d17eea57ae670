//! Deciding and folding: pure, without a clock, without chance.

use crate::access;
use crate::delegations;
use crate::door::{person_entity, principal};
use crate::model::{
    Command, Consent, Document, Event, Invitation, Organisation, Passkey, Person, Refusal, SavedView, State,
};
use crate::views;
use base::{Ctx, Date, Entity, Key, OrganisationId, PersonId, Question, Recorded, Sealed, Subject};
use profile::Profile;
use std::sync::Arc;

/// A person has a phone, a laptop, a key on a ring; more than this is a mistake or an attack.
const PASSKEYS_MAX: usize = 10;
/// Documents confirmed one after the other, the same one again included: somebody who renews each of theirs every year for
/// a working life comes to as many.
const DOCUMENTS_MAX: usize = 100;

pub fn decide(state: &State, profile: &Profile, command: Command, ctx: &Ctx) -> Result<Vec<Event>, Refusal> {
    let room = Room { state, profile, ctx };
    let event = match command {
        Command::RegisterOrganisation { name, bank, key, synthetic } => {
            let organisation = room.may_register_organisation()?;
            Event::OrganisationRegistered { organisation, name, bank, key, synthetic }
        }
        Command::RegisterPerson { subject, details, home_bank, employer, host, language, synthetic } => {
            let person = room.may_register(employer, host, &subject, &details)?;
            Event::PersonRegistered { person, subject, details, home_bank, employer, host, language, synthetic }
        }
        Command::MendDetails { person, details } => room.mend_details(person, details)?,
        Command::AppointOfficer { person, office } => room.appoint_officer(person, office)?,
        Command::RelieveOfficer { person, office } => room.relieve_officer(person, office)?,
        Command::AppointHead { person, office } => room.appoint_head(person, office)?,
        Command::RelieveHead { person, office } => room.relieve_head(person, office)?,
        Command::AppointClerk { person, organisation } => room.appoint_clerk(person, organisation)?,
        Command::RelieveClerk { person, organisation } => room.relieve_clerk(person, organisation)?,
        Command::Invite { person, secret_digest, expires_at, secret } => {
            let known = room.may_about("invite_person", person)?;
            secret.as_ref().map_or(Ok(()), |secret| room.own_seal(known, secret))?;
            Event::Invited { person, secret_digest, expires_at, secret }
        }
        Command::AddPasskey { person, name, credential, invited_by } => {
            room.add_passkey(person, name, credential, invited_by.as_deref())?
        }
        Command::UsePasskey { person, name, credential } => {
            let known = room.may_add_passkey(person, false)?;
            room.own_seal(known, &credential)?;
            room.passkey(known, &name)?;
            Event::PasskeyUsed { person, name, credential }
        }
        Command::RemovePasskey { person, name } => {
            let known = room.may_about("remove_passkey", person)?;
            room.passkey(known, &name)?;
            Event::PasskeyRemoved { person, name }
        }
        Command::ConfirmDocument { person, kind, number, expires } => {
            room.may_confirm(person, &number, expires)?;
            Event::DocumentConfirmed { person, kind, number, expires }
        }
        Command::GiveConsent { person, consent, version } => {
            room.may_about("give_consent", person)?;
            room.consent_on_offer(&consent, version)?;
            Event::ConsentGiven { person, consent, version }
        }
        Command::WithdrawConsent { person, consent } => room.withdraw_consent(person, consent)?,
        Command::SetLanguage { person, language } => {
            room.may_about("set_language", person)?;
            Event::LanguageSet { person, language }
        }
        Command::SignOut { person, session } => {
            room.may_about("sign_out", person)?;
            Event::SignedOut { person, session }
        }
        Command::IssueToken { bearer, expires_at } => access::issue(&room, bearer, expires_at)?,
        Command::RevokeToken { token } => access::revoke(&room, token)?,
        Command::SaveView { person, view } => room.save_view(person, view)?,
        Command::RemoveView { person, view } => room.remove_view(person, view)?,
        Command::OfferDelegation { organisation, delegate, scope } => {
            delegations::offer(&room, organisation, delegate, scope)?
        }
        Command::AcceptDelegation { delegation } => delegations::accept(&room, delegation)?,
        Command::DeclineDelegation { delegation } => delegations::decline(&room, delegation)?,
        Command::EndDelegation { delegation } => delegations::end(&room, delegation)?,
        Command::Erase { person, case_approved } => room.erase(person, case_approved)?,
    };
    Ok(vec![event])
}

/// The state, the zone and the circumstances, together: what every check needs.
pub(crate) struct Room<'a> {
    pub(crate) state: &'a State,
    pub(crate) profile: &'a Profile,
    pub(crate) ctx: &'a Ctx<'a>,
}

impl<'a> Room<'a> {
    /// What an employer wrote about somebody may be corrected until they have signed in themself.
    fn mend_details(&self, person: PersonId, details: Sealed) -> Result<Event, Refusal> {
        let known = self.may_about("invite_person", person)?;
        self.own_seal(known, &details)?;
        if !known.passkeys.is_empty() {
            return Err(Refusal::PersonMustNotHaveComeIn { person });
        }
        Ok(Event::DetailsMended { person, details })
    }

    fn question(&self, action: &'static str, resource: Entity) -> Question {
        Question::new(action, principal(self.state, self.profile, self.ctx.actor, self.ctx.now), resource)
    }

    pub(crate) fn may(&self, action: &'static str, resource: Entity) -> Result<(), Refusal> {
        self.ctx.ask(&self.question(action, resource)).map(drop).map_err(Refusal::RuledOut)
    }

    /// The person, if they are known, not erased, and the actor may do `action` about them.
    fn may_about(&self, action: &'static str, id: PersonId) -> Result<&'a Person, Refusal> {
        let person = self.living(id)?;
        self.may(action, person_entity(id, person.employer, person.host, person.erased))?;
        Ok(person)
    }

    pub(crate) fn known(&self, person: PersonId) -> Result<&'a Person, Refusal> {
        self.state.persons.get(&person).map(|known| &**known).ok_or(Refusal::PersonMustBeKnown { person })
    }

    pub(crate) fn living(&self, person: PersonId) -> Result<&'a Person, Refusal> {
        let known = self.known(person)?;
        if known.erased { Err(Refusal::PersonMustNotBeErased { person }) } else { Ok(known) }
    }

    pub(crate) fn organisation(&self, organisation: OrganisationId) -> Result<&'a Organisation, Refusal> {
        let known = self.state.organisations.get(&organisation);
        known.map(|known| &**known).ok_or(Refusal::OrganisationMustBeKnown { organisation })
    }

    pub(crate) fn office(&self, office: &Key) -> Result<(), Refusal> {
        let known = self.profile.offices.contains_key(office);
        if known { Ok(()) } else { Err(Refusal::OfficeMustBeKnown { office: office.clone() }) }
    }

    fn own_seal(&self, person: &Person, sealed: &Sealed) -> Result<(), Refusal> {
        if sealed.of == person.subject { Ok(()) } else { Err(Refusal::SealMustBeThePersonsOwn) }
    }

    fn passkey(&self, person: &Person, name: &str) -> Result<(), Refusal> {
        if person.passkeys.iter().any(|key| &*key.name == name) { Ok(()) } else { Err(Refusal::PasskeyMustBeKnown) }
    }

    fn may_register(
        &self,
        employer: Option<OrganisationId>,
        host: Option<OrganisationId>,
        subject: &Subject,
        details: &Sealed,
    ) -> Result<PersonId, Refusal> {
        for organisation in employer.into_iter().chain(host) {
            self.organisation(organisation)?;
        }
        let person = self.next_person();
        self.may("register_person", person_entity(person, employer, host, false))?;
        if details.of == *subject { Ok(person) } else { Err(Refusal::SealMustBeThePersonsOwn) }
    }

    fn relieve_officer(&self, person: PersonId, office: Key) -> Result<Event, Refusal> {
        let known = self.may_about("relieve_officer", person)?;
        if known.offices.contains(&office) {
            Ok(Event::OfficerRelieved { person, office })
        } else {
            Err(Refusal::OfficerMustBeAppointed { office })
        }
    }

    fn appoint_head(&self, person: PersonId, office: Key) -> Result<Event, Refusal> {
        let known = self.known(person)?;
        self.office(&office)?;
        self.may_about("appoint_officer", person)?;
        if known.offices.contains(&office) {
            Ok(Event::HeadAppointed { person, office })
        } else {
            Err(Refusal::OfficerMustBeAppointed { office })
        }
    }

    fn relieve_head(&self, person: PersonId, office: Key) -> Result<Event, Refusal> {
        self.may_about("relieve_officer", person)?;
        if self.state.heads.get(&office).is_some_and(|heads| heads.contains(&person)) {
            Ok(Event::HeadRelieved { person, office })
        } else {
            Err(Refusal::HeadMustBeAppointed { office })
        }
    }

    fn relieve_clerk(&self, person: PersonId, organisation: OrganisationId) -> Result<Event, Refusal> {
        let known = self.living(person)?;
        self.may("relieve_clerk", organisation_entity(organisation))?;
        if known.clerk_of == Some(organisation) {
            Ok(Event::ClerkRelieved { person, organisation })
        } else {
            Err(Refusal::ClerkMustBeAppointed)
        }
    }

    fn may_confirm(&self, person: PersonId, number: &Sealed, expires: Date) -> Result<(), Refusal> {
        let known = self.may_about("confirm_document", person)?;
        self.own_seal(known, number)?;
        let today = self.profile.local_date(known.home_bank, self.ctx.now);
        if expires < today {
            return Err(Refusal::DocumentMustBeInForce);
        }
        let confirmed = known.earlier_documents.len() + usize::from(known.document.is_some());
        if confirmed >= DOCUMENTS_MAX { Err(Refusal::DocumentsMustBeFew) } else { Ok(()) }
    }

    fn save_view(&self, person: PersonId, view: SavedView) -> Result<Event, Refusal> {
        self.may_about("save_view", person)?;
        views::may_save(self.state, person, &view)?;
        Ok(Event::ViewSaved { person, view })
    }

    fn remove_view(&self, person: PersonId, view: SavedView) -> Result<Event, Refusal> {
        self.may_about("save_view", person)?;
        views::may_remove(self.state, person, &view)?;
        Ok(Event::ViewRemoved { person, view })
    }

    fn may_register_organisation(&self) -> Result<OrganisationId, Refusal> {
        let organisation = self.next_organisation();
        self.may("register_organisation", organisation_entity(organisation))?;
        Ok(organisation)
    }

    fn appoint_officer(&self, person: PersonId, office: Key) -> Result<Event, Refusal> {
        self.known(person)?;
        self.office(&office)?;
        self.may_about("appoint_officer", person)?;
        Ok(Event::OfficerAppointed { person, office })
    }

    fn appoint_clerk(&self, person: PersonId, organisation: OrganisationId) -> Result<Event, Refusal> {
        self.known(person)?;
        self.organisation(organisation)?;
        self.living(person)?;
        self.may("appoint_clerk", organisation_entity(organisation))?;
        Ok(Event::ClerkAppointed { person, organisation })
    }

    fn withdraw_consent(&self, person: PersonId, consent: Key) -> Result<Event, Refusal> {
        let known = self.may_about("withdraw_consent", person)?;
        if known.consents.iter().any(|given| given.key == consent) {
            Ok(Event::ConsentWithdrawn { person, consent })
        } else {
            Err(Refusal::ConsentMustBeGiven { consent })
        }
    }

    fn erase(&self, person: PersonId, case_approved: bool) -> Result<Event, Refusal> {
        let known = self.living(person)?;
        let question = self
            .question("erase_person", person_entity(person, known.employer, known.host, false))
            .with("case_approved", case_approved);
        self.ctx.ask(&question).map_err(Refusal::RuledOut)?;
        Ok(Event::PersonErased { person })
    }

    fn may_add_passkey(&self, person: PersonId, invited: bool) -> Result<&'a Person, Refusal> {
        let known = self.living(person)?;
        let question = self
            .question("add_passkey", person_entity(person, known.employer, known.host, false))
            .with("invited", invited);
        self.ctx.ask(&question).map_err(Refusal::RuledOut)?;
        Ok(known)
    }

    fn add_passkey(
        &self,
        person: PersonId,
        name: Box<str>,
        credential: Sealed,
        invited_by: Option<&str>,
    ) -> Result<Event, Refusal> {
        let invited = match (invited_by, &self.living(person)?.invitation) {
            (None, _) => false,
            (Some(digest), Some(invitation)) if *invitation.secret_digest == *digest => {
                if invitation.expires_at < self.ctx.now {
                    return Err(Refusal::InvitationMustBeInTime);
                }
                true
            }
            (Some(_), _) => return Err(Refusal::InvitationMustMatch),
        };
        let known = self.may_add_passkey(person, invited)?;
        self.own_seal(known, &credential)?;
        if known.passkeys.iter().any(|key| key.name == name) {
            return Err(Refusal::PasskeyMustBeNew);
        }
        if known.passkeys.len() >= PASSKEYS_MAX {
            return Err(Refusal::PasskeysMustBeFew);
        }
        Ok(Event::PasskeyAdded { person, name, credential })
    }

    fn consent_on_offer(&self, consent: &Key, version: u32) -> Result<(), Refusal> {
        // Whose application is on an earlier version agrees to what it says.
        let offered = self.profile.every_version().flat_map(|service| &service.consents);
        let known = offered.into_iter().any(|offer| offer.key == *consent && offer.version == version);
        if known { Ok(()) } else { Err(Refusal::ConsentMustBeOnOffer { consent: consent.clone(), version }) }
    }

    fn next_person(&self) -> PersonId {
        self.state.persons.get_max().map_or(PersonId(1), |(last, _)| last.next())
    }

    fn next_organisation(&self) -> OrganisationId {
        self.state.organisations.get_max().map_or(OrganisationId(1), |(last, _)| last.next())
    }
}

pub(crate) fn organisation_entity(organisation: OrganisationId) -> Entity {
    Entity::new("Organisation", organisation).with("organisation", organisation.to_string().as_str())
}

/// Records what was decided. Never fails: what it cannot find was never decided.
pub fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    match event {
        Event::OrganisationRegistered { organisation, name, bank, key, synthetic } => {
            let new = Organisation { name: name.clone(), bank: *bank, key: key.clone(), synthetic: *synthetic };
            state.organisations.insert(*organisation, Arc::new(new));
        }
        Event::PersonRegistered { .. } => register(state, event),
        Event::OfficerAppointed { person, office } => {
            state.officers.entry(office.clone()).or_default().insert(*person);
            change(state, *person, |p| {
                if !p.offices.contains(office) {
                    p.offices.push(office.clone());
                }
            });
        }
        Event::OfficerRelieved { person, office } => {
            state.officers.entry(office.clone()).or_default().remove(person);
            no_head(state, *person, office);
            change(state, *person, |p| p.offices.retain(|held| held != office));
        }
        Event::HeadAppointed { person, office } => {
            state.heads.entry(office.clone()).or_default().insert(*person);
        }
        Event::HeadRelieved { person, office } => no_head(state, *person, office),
        Event::ClerkAppointed { person, organisation } => {
            change(state, *person, |p| p.clerk_of = Some(*organisation));
        }
        Event::ClerkRelieved { person, .. } => change(state, *person, |p| p.clerk_of = None),
        Event::PersonErased { person } => erase(state, *person, recorded),
        Event::SignedOut { .. } | Event::TokenIssued { .. } | Event::TokenRevoked { .. } => {
            access::evolve(state, event, recorded);
        }
        Event::DelegationOffered { .. }
        | Event::DelegationAccepted { .. }
        | Event::DelegationDeclined { .. }
        | Event::DelegationEnded { .. } => delegations::evolve(state, event, recorded),
        Event::DetailsMended { person, details } => change(state, *person, |p| p.details = details.clone()),
        Event::LanguageSet { person, language } => change(state, *person, |p| p.language = *language),
        Event::ViewSaved { person, view } => views::saved(state, *person, view),
        Event::ViewRemoved { person, view } => views::removed(state, *person, view),
        Event::Invited { .. }
        | Event::PasskeyAdded { .. }
        | Event::PasskeyUsed { .. }
        | Event::PasskeyRemoved { .. }
        | Event::DocumentConfirmed { .. }
        | Event::ConsentGiven { .. }
        | Event::ConsentWithdrawn { .. } => evolve_identity(state, event, recorded),
    }
}

/// The events about how a person signs in, who they are, and what they consented to.
fn evolve_identity(state: &mut State, event: &Event, recorded: &Recorded) {
    let at = recorded.at;
    match event {
        Event::Invited { person, secret_digest, expires_at, secret: _ } => change(state, *person, |p| {
            p.invitation = Some(Invitation { secret_digest: secret_digest.clone(), expires_at: *expires_at });
        }),
        Event::PasskeyAdded { person, name, credential } => change(state, *person, |p| {
            // An invitation is for once.
            p.invitation = None;
            p.passkeys.push(Passkey { name: name.clone(), credential: credential.clone(), added_at: at });
        }),
        Event::PasskeyUsed { person, name, credential } => change(state, *person, |p| {
            if let Some(passkey) = p.passkeys.iter_mut().find(|passkey| passkey.name == *name) {
                passkey.credential = credential.clone();
            }
        }),
        Event::PasskeyRemoved { person, name } => {
            change(state, *person, |p| p.passkeys.retain(|passkey| passkey.name != *name));
        }
        Event::DocumentConfirmed { person, kind, number, expires } => change(state, *person, |p| {
            let new = Document { number: number.clone(), kind: kind.clone(), expires: *expires, confirmed_at: at };
            p.earlier_documents.extend(p.document.replace(new));
        }),
        Event::ConsentGiven { person, consent, version } => change(state, *person, |p| {
            p.consents.retain(|given| given.key != *consent);
            p.consents.push(Consent { key: consent.clone(), version: *version, given_at: at });
        }),
        Event::ConsentWithdrawn { person, consent } => {
            change(state, *person, |p| p.consents.retain(|given| given.key != *consent));
        }
        Event::OrganisationRegistered { .. }
        | Event::PersonRegistered { .. }
        | Event::DetailsMended { .. }
        | Event::OfficerAppointed { .. }
        | Event::OfficerRelieved { .. }
        | Event::HeadAppointed { .. }
        | Event::HeadRelieved { .. }
        | Event::ClerkAppointed { .. }
        | Event::ClerkRelieved { .. }
        | Event::LanguageSet { .. }
        | Event::SignedOut { .. }
        | Event::TokenIssued { .. }
        | Event::TokenRevoked { .. }
        | Event::ViewSaved { .. }
        | Event::ViewRemoved { .. }
        | Event::DelegationOffered { .. }
        | Event::DelegationAccepted { .. }
        | Event::DelegationDeclined { .. }
        | Event::DelegationEnded { .. }
        | Event::PersonErased { .. } => {}
    }
}

fn register(state: &mut State, event: &Event) {
    let Event::PersonRegistered { person, subject, details, home_bank, employer, host, language, synthetic } = event
    else {
        return;
    };
    let new = Person {
        subject: subject.clone(),
        details: details.clone(),
        home_bank: *home_bank,
        employer: *employer,
        host: *host,
        clerk_of: None,
        offices: Vec::new(),
        language: *language,
        document: None,
        earlier_documents: Vec::new(),
        passkeys: Vec::new(),
        invitation: None,
        consents: Vec::new(),
        erased: false,
        synthetic: *synthetic,
    };
    state.persons.insert(*person, Arc::new(new));
    if let Some(employer) = employer {
        state.employees.entry(*employer).or_default().insert(*person);
    }
}

fn no_head(state: &mut State, person: PersonId, office: &Key) {
    if let Some(heads) = state.heads.get_mut(office) {
        heads.remove(&person);
    }
}

fn erase(state: &mut State, person: PersonId, recorded: &Recorded) {
    delegations::erase(state, person, recorded);
    access::end_tokens(state, recorded.at, |bearer| bearer.person() == Some(person));
    state.signed_out.remove(&person);
    let offices = state.persons.get(&person).map(|p| p.offices.clone()).unwrap_or_default();
    for office in offices {
        no_head(state, person, &office);
        state.officers.entry(office).or_default().remove(&person);
    }
    state.views.remove(&person);
    change(state, person, |p| {
        p.erased = true;
        p.offices.clear();
        p.clerk_of = None;
        p.document = None;
        p.earlier_documents.clear();
        p.passkeys.clear();
        p.invitation = None;
        p.consents.clear();
    });
}

fn change(state: &mut State, person: PersonId, with: impl FnOnce(&mut Person)) {
    if let Some(person) = state.persons.get_mut(&person) {
        with(Arc::make_mut(person));
    }
}
