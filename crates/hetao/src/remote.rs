//! A park's server, asked over HTTP for what it publishes: GET alone, a limit on every answer, no redirects. It knows
//! neither logs nor parks.

use crate::ending::Failure;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper::{Request, StatusCode, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::fmt;
use std::time::Duration;
use url::{Host, Url};

const ANSWER_WITHIN: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Remote {
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
    /// Ends with a slash.
    address: Url,
    token: Option<String>,
}

/// Why there is no answer that could be looked at.
#[derive(Debug)]
pub enum Unanswered {
    /// There is nothing of that name.
    NotFound,
    /// The token does not suffice.
    NotAllowed,
    /// Another status, or none.
    Other(String),
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unanswered::NotFound => f.write_str("there is nothing of that name"),
            Unanswered::NotAllowed => f.write_str("the token does not allow it"),
            Unanswered::Other(what) => f.write_str(what),
        }
    }
}

impl Remote {
    /// A server by its address. A token is shown to it with every request, and only where nobody can listen.
    pub fn new(address: &str, token: Option<String>) -> Result<Self, Failure> {
        let wrong = |what: &str| Failure::usage(format!("--against {address}: {what}"));
        let mut url = Url::parse(address).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") || url.cannot_be_a_base() {
            return Err(wrong("an address begins with https:// or http://"));
        }
        if token.is_some() && url.scheme() != "https" && !is_this_machine(&url) {
            return Err(wrong("a token is shown over https:// alone, or to this machine"));
        }
        url.set_query(None);
        url.set_fragment(None);
        let path = format!("{}/", url.path().trim_end_matches('/'));
        url.set_path(&path);
        let provider = rustls::crypto::aws_lc_rs::default_provider();
        let connector = HttpsConnectorBuilder::new().with_provider_and_native_roots(provider);
        let connector = connector.map_err(|error| Failure::could_not(format!("no certificates to trust: {error}")))?;
        let connector = connector.https_or_http().enable_http1().build();
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), address: url, token })
    }

    /// The bytes at a path relative to the address, `bytes_max` at most.
    pub async fn get(&self, path: &str, bytes_max: usize) -> Result<Bytes, Unanswered> {
        let other = |error: &dyn std::error::Error| Unanswered::Other(with_causes(error));
        let url = self.address.join(path).map_err(|error| other(&error))?;
        let mut request = Request::get(url.as_str());
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Empty::new()).map_err(|error| other(&error))?;
        let answering = async {
            let answer = self.client.request(request).await.map_err(|error| other(&error))?;
            match answer.status() {
                StatusCode::OK => {}
                StatusCode::NOT_FOUND => return Err(Unanswered::NotFound),
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(Unanswered::NotAllowed),
                status => return Err(Unanswered::Other(format!("it answers {status}"))),
            }
            let body = Limited::new(answer.into_body(), bytes_max).collect().await;
            Ok(body.map_err(|error| other(error.as_ref()))?.to_bytes())
        };
        let late = |_| Unanswered::Other(format!("no answer within {} seconds", ANSWER_WITHIN.as_secs()));
        tokio::time::timeout(ANSWER_WITHIN, answering).await.map_err(late)?
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The outermost message of a client's error says little: what lies beneath it says why.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(beneath) = cause {
        text.push_str(": ");
        text.push_str(&beneath.to_string());
        cause = beneath.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_sent_where_others_can_read_it() {
        let token = || Some("hetao-1.x.y".to_owned());
        for (address, allowed) in [
            ("https://park.example", true),
            ("http://park.example", false),
            ("http://127.0.0.1:8080", true),
            ("http://[::1]:8080/", true),
            ("http://localhost:8080", true),
            ("http://localhost.park.example", false),
            ("http://192.168.1.7", false),
        ] {
            assert_eq!(Remote::new(address, token()).is_ok(), allowed, "{address}");
            assert!(Remote::new(address, None).is_ok(), "{address}");
        }
        for address in ["park.example", "ftp://park.example", "mailto:somebody@park.example", ""] {
            assert!(Remote::new(address, None).is_err(), "{address:?}");
        }
    }

    #[test]
    fn paths_are_below_the_address_as_it_was_given() {
        for (address, wanted) in [
            ("https://park.example", "https://park.example/log/checkpoint"),
            ("https://park.example/zone/?x=1#y", "https://park.example/zone/log/checkpoint"),
        ] {
            let remote = Remote::new(address, None).unwrap();
            assert_eq!(remote.address.join("log/checkpoint").unwrap().as_str(), wanted);
        }
    }
}
