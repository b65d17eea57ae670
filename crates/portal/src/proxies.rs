//! Whose address a request comes from, where a reverse proxy stands in front of the server.
//!
//! A proxy that is trusted says in `X-Forwarded-For` whom it heard from, and adds that at the right; what stands to the
//! left of it was sent by that somebody and may be invented. So the list is read from the right, past the proxies that are
//! trusted, up to the first address that is not: nobody chooses the address they are counted under. Without trusted
//! proxies, which is the default, the header is not looked at. It knows no route and no limit.

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::{self, Next};
use ipnet::IpNet;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// More proxies in a row than this are a mistake, or an attempt to keep the server reading.
const HOPS_MAX: usize = 16;

/// A reverse proxy whose word on addresses is taken: one address, or a network in CIDR notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustedProxy(IpNet);

impl FromStr for TrustedProxy {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let one = || text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
        text.parse().or_else(|_| one()).map(Self).map_err(|_| NotAnAddress)
    }
}

impl fmt::Display for TrustedProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is neither an address nor a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnAddress;

impl fmt::Display for NotAnAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write an address or a network, 192.0.2.1 or 10.0.0.0/8")
    }
}

impl std::error::Error for NotAnAddress {}

/// The service, asked through these proxies: what it takes for the connection's address is the client's.
pub fn behind(service: Router, proxies: Vec<TrustedProxy>) -> Router {
    if proxies.is_empty() {
        return service;
    }
    let proxies: Arc<[TrustedProxy]> = proxies.into();
    service.layer(middleware::from_fn(move |mut request: Request, next: Next| {
        let proxies = Arc::clone(&proxies);
        async move {
            if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
                let client = client_of(peer.ip(), request.headers(), &proxies);
                request.extensions_mut().insert(ConnectInfo(SocketAddr::new(client, peer.port())));
            }
            next.run(request).await
        }
    }))
}

fn client_of(peer: IpAddr, headers: &HeaderMap, proxies: &[TrustedProxy]) -> IpAddr {
    let is_trusted = |address: IpAddr| proxies.iter().any(|proxy| proxy.0.contains(&address));
    let mut nearest = peer.to_canonical();
    // Several headers of the name are one list, in their order.
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    let mut hops = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')).take(HOPS_MAX);
    while is_trusted(nearest) {
        // What cannot be read was not written by a proxy of ours: the last one that we know of answers for it.
        match hops.next().and_then(address_of) {
            Some(address) => nearest = address,
            None => return nearest,
        }
    }
    nearest
}

/// `192.0.2.1`, `2001:db8::1`, `[2001:db8::1]`, and each of them with a port, as some proxies write it.
fn address_of(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().or_else(|_| hop.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn proxies(texts: &[&str]) -> Vec<TrustedProxy> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[track_caller]
    fn check(peer: &str, lines: &[&str], trusted: &[&str], want: &str) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        let client = client_of(peer.parse().unwrap(), &headers, &proxies(trusted));
        assert_eq!(client, want.parse::<IpAddr>().unwrap(), "{lines:?} from {peer}");
    }

    #[test]
    fn nobody_but_a_trusted_proxy_is_believed() {
        check("203.0.113.7", &["198.51.100.1"], &[], "203.0.113.7");
        check("203.0.113.7", &["198.51.100.1"], &["10.0.0.1"], "203.0.113.7");
        check("10.0.0.1", &["198.51.100.1"], &["10.0.0.1"], "198.51.100.1");
        check("10.0.0.1", &[], &["10.0.0.1"], "10.0.0.1");
    }

    #[test]
    fn what_a_client_wrote_itself_stands_to_the_left_and_is_passed_over() {
        let trusted = &["10.0.0.0/8", "2001:db8::/32"];
        check("10.0.0.1", &["192.0.2.66, 198.51.100.1"], trusted, "198.51.100.1");
        check("10.0.0.1", &["192.0.2.66", "198.51.100.1"], trusted, "198.51.100.1");
        // Not even the proxies' own addresses help whoever writes them.
        check("10.0.0.1", &["192.0.2.66, 10.0.0.9, 198.51.100.1, 10.0.0.2"], trusted, "198.51.100.1");
        check("2001:db8::5", &["192.0.2.66,198.51.100.1"], trusted, "198.51.100.1");
    }

    #[test]
    fn a_header_that_is_no_list_of_addresses_counts_for_the_proxy_that_sent_it() {
        for line in ["unknown", "", ",", "198.51.100.1, _hidden", "999.1.1.1", "198.51.100.1 10.0.0.1"] {
            check("10.0.0.1", &[line], &["10.0.0.1"], "10.0.0.1");
        }
        let many = vec!["10.0.0.1"; HOPS_MAX * 2].join(",");
        check("10.0.0.1", &["198.51.100.1", &many], &["10.0.0.1"], "10.0.0.1");
    }

    #[test]
    fn addresses_are_the_same_however_they_are_written() {
        let trusted = &["10.0.0.1"];
        check("::ffff:10.0.0.1", &["::ffff:198.51.100.1"], trusted, "198.51.100.1");
        check("10.0.0.1", &["198.51.100.1:4711"], trusted, "198.51.100.1");
        check("10.0.0.1", &["[2001:db8::1]:4711"], trusted, "2001:db8::1");
        check("10.0.0.1", &[" [2001:db8::1] "], trusted, "2001:db8::1");
        for text in ["", "proxy.example", "10.0.0.0/33", "10.0.0.1:80"] {
            assert_eq!(text.parse::<TrustedProxy>(), Err(NotAnAddress), "{text}");
        }
    }
}
