//! The client of push services: one request for each message, to addresses that strangers named.
//!
//! Names are looked up here and what comes of it is looked at before anything is connected to: a public name may lead to
//! a private address, and to another one the next time.

use base::Instant;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Request, StatusCode, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};
use std::time::Duration;
use tower::Service;
use vault::Vault;
use webpush::{Hosts, PushError, Subscription, VapidKey};

const ANSWER_WITHIN: Duration = Duration::from_secs(10);
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long a push service keeps a message for a browser that is not there.
const KEPT_SECONDS: u32 = 3 * 24 * 60 * 60;

type Connector = HttpsConnector<HttpConnector<Lookup>>;

pub(crate) struct Pusher {
    key: VapidKey,
    /// Whom a push service may write to about us.
    contact: String,
    hosts: Hosts,
    /// Made when something is first pushed: it reads the machine's certificates.
    client: OnceLock<Option<Client<Connector, Full<Bytes>>>>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Sent,
    /// There is no such subscription any more.
    Gone,
    /// It never will be taken as it is.
    Refused,
    /// Another time, perhaps.
    Later,
}

impl Pusher {
    pub fn open(vault: &Vault, hosts: Hosts) -> io::Result<Self> {
        let made = || VapidKey::generate().unwrap_or_default();
        let pkcs8 = vault.blob("web-push-vapid", made).map_err(|error| io::Error::other(error.to_string()))?;
        let key = VapidKey::from_pkcs8(&pkcs8).map_err(|error| io::Error::other(error.to_string()))?;
        let contact = format!("mailto:{}", crate::outbox::address_of_environment());
        Ok(Self { key, contact, hosts, client: OnceLock::new() })
    }

    pub fn public_key(&self) -> String {
        self.key.public()
    }

    pub fn hosts(&self) -> Hosts {
        self.hosts
    }

    /// Sends it once. `urgent` is for what somebody has to act on soon.
    pub async fn send(&self, to: &Subscription, message: &[u8], now: Instant) -> Taken {
        let request = match self.request(to, message, now) {
            Ok(request) => request,
            // Taken under a setting that let it, or with keys that a library now refuses.
            Err(error) => {
                tracing::warn!(%error, "a notice cannot be pushed");
                return Taken::Refused;
            }
        };
        let client = self.client.get_or_init(|| client(self.hosts));
        let Some(client) = client else { return Taken::Later };
        match tokio::time::timeout(ANSWER_WITHIN, client.request(request)).await {
            Ok(Ok(answer)) => of_status(answer.status()),
            Ok(Err(_)) | Err(_) => Taken::Later,
        }
    }

    fn request(&self, to: &Subscription, message: &[u8], now: Instant) -> Result<Request<Full<Bytes>>, PushError> {
        let endpoint = to.check(self.hosts)?;
        let body = webpush::seal(message, to)?;
        let seconds = now.0 / Instant::SECOND;
        Request::post(endpoint.as_str())
            .header(header::AUTHORIZATION, self.key.authorization(&endpoint, &self.contact, seconds)?)
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("ttl", KEPT_SECONDS)
            .header("urgency", "normal")
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| PushError::Endpoint)
    }
}

fn of_status(status: StatusCode) -> Taken {
    match status {
        _ if status.is_success() => Taken::Sent,
        StatusCode::NOT_FOUND | StatusCode::GONE => Taken::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Taken::Later,
        _ if status.is_server_error() => Taken::Later,
        // A redirection too: an address was looked at, and it was this one.
        _ => Taken::Refused,
    }
}

fn client(hosts: Hosts) -> Option<Client<Connector, Full<Bytes>>> {
    let mut plain = HttpConnector::new_with_resolver(Lookup { hosts });
    plain.enforce_http(false);
    plain.set_connect_timeout(Some(CONNECT_WITHIN));
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let secure = match HttpsConnectorBuilder::new().with_provider_and_native_roots(provider) {
        Ok(secure) => secure,
        Err(error) => {
            tracing::error!(%error, "no notices are pushed: this machine has no certificates to trust");
            return None;
        }
    };
    let connector = match hosts {
        Hosts::Public => secure.https_only().enable_http1().wrap_connector(plain),
        Hosts::Any => secure.https_or_http().enable_http1().wrap_connector(plain),
    };
    Some(Client::builder(TokioExecutor::new()).build(connector))
}

/// Looks names up, and forgets the addresses that are nobody's business.
#[derive(Clone)]
pub(crate) struct Lookup {
    pub hosts: Hosts,
}

impl Lookup {
    pub fn may_be_written_to(&self, address: &SocketAddr) -> bool {
        self.hosts == Hosts::Any || webpush::is_public(address.ip())
    }
}

impl Service<Name> for Lookup {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let lookup = self.clone();
        Box::pin(async move {
            // The port is the connector's to add.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let fit: Vec<SocketAddr> = found.filter(|address| lookup.may_be_written_to(address)).collect();
            if fit.is_empty() { Err(io::Error::other("no public address")) } else { Ok(fit.into_iter()) }
        })
    }
}
