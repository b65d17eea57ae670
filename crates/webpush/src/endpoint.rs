//! Where a browser is written to. Whoever subscribes names an address that our server then calls: none of our own
//! network, nor of the machine.

use crate::PushError;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// The longest that push services give is some 300.
const ENDPOINT_BYTES_MAX: usize = 1_024;

/// Which endpoints may be written to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hosts {
    /// `https` at a public host.
    #[default]
    Public,
    /// Any, unencrypted too: for tests and demonstrations with a push service of their own.
    Any,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

impl Endpoint {
    pub fn parse(text: &str, hosts: Hosts) -> Result<Self, PushError> {
        if text.len() > ENDPOINT_BYTES_MAX {
            return Err(PushError::Endpoint);
        }
        let url = Url::parse(text).map_err(|_| PushError::Endpoint)?;
        let named = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let host =
            url.host().filter(|_| named && matches!(url.scheme(), "https" | "http")).ok_or(PushError::Endpoint)?;
        if hosts == Hosts::Public && !(url.scheme() == "https" && url.port().is_none() && is_public_host(&host)) {
            return Err(PushError::EndpointNotPublic);
        }
        Ok(Self(url))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Scheme, host and port: whom a VAPID signature is for.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }
}

/// A name that only our own network knows has no dot, or ends like one of those that are kept for it.
fn is_public_host(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let kept = [".localhost", ".local", ".internal", ".home.arpa", ".lan", ".test", ".invalid", ".onion"];
            name.contains('.') && !kept.iter().any(|end| name.ends_with(end))
        }
        Host::Ipv4(address) => is_public(IpAddr::V4(*address)),
        Host::Ipv6(address) => is_public(IpAddr::V6(*address)),
    }
}

/// Whether an address is one of the open internet: not of this machine, a local network, or one kept for examples,
/// tests, relays or multicast (IANA's registries of special-purpose addresses).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, ..)
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // A relay's or a translator's address stands for one of the older kind, or leads to one.
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let [first, second, ..] = address.segments();
    // Only these are given out to anybody, less Teredo, documentation, benchmarks and 6to4.
    let given_out = (0x2000..=0x3ffe).contains(&first);
    given_out && first != 0x2002 && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
}
