//! Whatever is done in whatever order, a permit keeps its promises.

use super::*;
use proptest::prelude::*;

fn any_command() -> impl Strategy<Value = Command> {
    let permit = 0..4_u32;
    let letter = prop::sample::select(vec!['a', 'b', 'c', 'd', 'e', 'f']);
    let reason = prop::sample::select(Reason::ALL.to_vec());
    prop_oneof![
        (0..4_u32, 0..7_u32).prop_map(|(case, holder)| issue(case, holder)),
        (permit.clone(), letter.clone()).prop_map(|(permit, letter)| bind(permit, letter)),
        (permit.clone(), letter).prop_map(|(permit, letter)| unbind(permit, letter)),
        permit.clone().prop_map(suspend),
        permit.clone().prop_map(resume),
        (permit, reason).prop_map(|(permit, reason)| revoke(permit, reason)),
        (0..4_u32, 0..7_u32).prop_map(|(case, holder)| grant(case, holder)),
        (0..4_u32).prop_map(end_grant),
    ]
}

fn any_actor() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "system",
        "person:P-1",
        "person:P-2",
        SOUTH,
        NORTH,
        "officer:P-1:hk-immigration",
        "anonymous",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_permit_is_never_in_force_again_after_its_revocation_and_is_carried_by_four_devices_at_the_most(
        steps in prop::collection::vec((any_actor(), any_command()), 1..60)
    ) {
        let mut permits = Permits::with_one();
        let mut revoked = std::collections::BTreeSet::new();
        let mut ended: std::collections::BTreeMap<_, (Instant, Reason)> = std::collections::BTreeMap::new();
        let mut ended_before = 0;
        for (actor, command) in steps {
            let cases_before = permits.state.by_case.len();
            let events = permits.decide(actor, command).unwrap_or_default();
            permits.fold(&events);
            prop_assert!(permits.state.by_case.len() >= cases_before);
            prop_assert_eq!(permits.state.by_case.len(), permits.state.permits.len(), "a case issues once");
            let grants = &permits.state.grants;
            prop_assert_eq!(grants.by_case.len(), grants.all.len(), "a case grants once");
            prop_assert!(grants.by_case.keys().all(|case| !permits.state.by_case.contains_key(case)), "or issues");
            ended.retain(|id, when| grants.all[id].ended == Some(*when));
            prop_assert_eq!(ended.len(), ended_before, "what has ended stays ended");
            ended.extend(grants.all.iter().filter_map(|(id, grant)| Some((*id, grant.ended?))));
            ended_before = ended.len();
            for (id, permit) in &permits.state.permits {
                prop_assert!(permit.bindings.len() <= 4);
                let mut thumbprints: Vec<_> = permit.bindings.iter().map(|binding| &binding.thumbprint).collect();
                thumbprints.sort();
                thumbprints.dedup();
                prop_assert_eq!(thumbprints.len(), permit.bindings.len(), "no device is bound twice");
                if permit.status == Status::Revoked {
                    revoked.insert(*id);
                }
                prop_assert!(!revoked.contains(id) || permit.status == Status::Revoked);
            }
        }
    }
}
