//! How often one address may try: signing in, and posting anything at all. In memory; forgotten with the process.

use governor::clock::{Clock, DefaultClock};
use governor::{Quota, RateLimiter};
use governor::{clock, state::keyed::DefaultKeyedStateStore};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

type Limiter = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, clock::DefaultClock>;

/// More addresses than this are forgotten down to those that still matter.
const ADDRESSES_MAX: usize = 50_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Guessing a link's secret, or trying a passkey.
    SignIn,
    /// Any form.
    Post,
}

pub(crate) struct Limits {
    sign_in: Limiter,
    post: Limiter,
    clock: DefaultClock,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(per_minute(60), per_minute(600))
    }
}

fn per_minute(times: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN))
}

impl Limits {
    pub fn new(sign_in: Quota, post: Quota) -> Self {
        Self { sign_in: RateLimiter::keyed(sign_in), post: RateLimiter::keyed(post), clock: DefaultClock::default() }
    }

    /// # Errors
    /// After how many seconds it may be tried again.
    pub fn count(&self, counted: Counted, address: IpAddr) -> Result<(), u64> {
        let address = whose(address);
        let limiter = match counted {
            Counted::SignIn => &self.sign_in,
            Counted::Post => &self.post,
        };
        if limiter.len() > ADDRESSES_MAX {
            limiter.retain_recent();
        }
        limiter.check_key(&address).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            wait.as_secs().saturating_add(1)
        })
    }
}

/// Whoever has one address of IPv6 has 2^64 of them: they are counted as one.
pub(crate) fn whose(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn the_one_attempt_too_many_is_told_when_to_try_again_and_others_are_not_held_up() {
        let limits = Limits::new(per_minute(2), per_minute(1));
        let (one, other) = (IpAddr::from(Ipv4Addr::new(192, 0, 2, 1)), IpAddr::from(Ipv4Addr::new(192, 0, 2, 2)));
        assert_eq!(limits.count(Counted::SignIn, one), Ok(()));
        assert_eq!(limits.count(Counted::SignIn, one), Ok(()));
        let seconds = limits.count(Counted::SignIn, one).unwrap_err();
        assert!((1..=31).contains(&seconds), "{seconds}");
        assert_eq!(limits.count(Counted::SignIn, other), Ok(()));
        assert_eq!(limits.count(Counted::Post, one), Ok(()), "posts are counted apart");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_an_ipv4_address_is_itself_however_it_is_written() {
        let limits = Limits::new(per_minute(1), per_minute(1));
        let count = |address: &str| limits.count(Counted::Post, address.parse().unwrap()).is_ok();
        assert!(count("2001:db8:1:2::1") && !count("2001:db8:1:2:ffff::1"));
        assert!(count("2001:db8:1:3::1"), "the neighbours are others");
        assert!(count("192.0.2.1") && !count("::ffff:192.0.2.1") && count("192.0.2.2"));
    }
}
