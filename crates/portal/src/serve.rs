//! The listening socket: bound, announced, served until the process is told to end.

use crate::portal::{Options, Portal, SetUpError};
use crate::proxies::{TrustedProxy, behind};
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use axum_server::{Address, Handle, Server};
use base::{Actor, Key};
use park::Park;
use std::collections::BTreeMap;
use std::fmt;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// Requests that are under way when the process is told to end have this long.
const END_WITHIN: Duration = Duration::from_secs(10);
/// Whoever connects says what they want within this time; a place is not held for those who say it a byte a minute.
const FIRST_REQUEST_WITHIN: Duration = Duration::from_secs(10);
/// The same for each request after the first: a connection that asks for nothing is closed after it, too.
const HEADERS_WITHIN: Duration = Duration::from_secs(30);
/// How often a connection of HTTP/2 that is silent is asked whether anybody is there, and how long an answer may take.
const PING_EVERY: Duration = Duration::from_secs(30);
const PING_ANSWERED_WITHIN: Duration = Duration::from_secs(10);

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    pub listen: SocketAddr,
    pub tls: Option<TlsFiles>,
    pub demo: bool,
    /// Where browsers reach it; `None` is `http://localhost` (or `https`) at the bound port.
    pub origin: Option<String>,
    /// Whom the demonstration's sign-in page signs in.
    pub personas: BTreeMap<Key, Actor>,
    /// Where the park's self-service terminals reach the kiosk, and nothing else.
    pub kiosk: Option<SocketAddr>,
    /// Reverse proxies whose word on their clients' addresses is taken; limits are kept for each address.
    pub trusted_proxies: Vec<TrustedProxy>,
}

/// Certificate chain and private key, as PEM files.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// Why the portal does not serve.
#[derive(Debug)]
pub enum ServeError {
    SetUp(SetUpError),
    Origin(String),
    Tls(std::io::Error),
    Listen(std::io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::SetUp(error) => write!(f, "{error}"),
            ServeError::Origin(what) => write!(f, "the origin is not an address: {what}"),
            ServeError::Tls(error) => write!(f, "the certificate or its key could not be used: {error}"),
            ServeError::Listen(error) => write!(f, "the address could not be listened at: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Serves until SIGINT or SIGTERM; the first line on standard output is `listening on http://127.0.0.1:PORT`.
///
/// # Errors
/// Where the address cannot be listened at, or certificate, origin or keys cannot be used.
pub async fn serve(park: Park, options: ServeOptions) -> Result<(), ServeError> {
    let listener = bound(options.listen)?;
    let address = listener.local_addr().map_err(ServeError::Listen)?;
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let origin = options.origin.unwrap_or_else(|| format!("{scheme}://localhost:{}", address.port()));
    let origin = Url::parse(&origin).map_err(|error| ServeError::Origin(error.to_string()))?;
    let portal = Portal::new(park, Options { demo: options.demo, origin, personas: options.personas });
    let portal = portal.map_err(ServeError::SetUp)?;
    let terminals = match options.kiosk {
        Some(address) => Some((bound(address)?, crate::terminals(portal.clone()))),
        None => None,
    };
    let tls = match options.tls {
        Some(files) => {
            // Whoever set a provider before us set one that we can use as well.
            let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
            Some(RustlsConfig::from_pem_file(&files.certificate, &files.key).await.map_err(ServeError::Tls)?)
        }
        None => None,
    };
    let handle = Handle::new();
    tokio::spawn(end_with(handle.clone()));
    // Nobody waits for the index: it is made while the first pages are read.
    let warmed = portal.clone();
    tokio::task::spawn_blocking(move || drop(crate::help::guidance(&warmed)));
    let proxies = options.trusted_proxies;
    let park = behind(crate::router(portal), proxies.clone());
    announce("listening", scheme, address);
    let Some((listener_of_terminals, terminals)) = terminals else {
        return listen(listener, park, tls, handle).await;
    };
    announce("kiosk", scheme, listener_of_terminals.local_addr().map_err(ServeError::Listen)?);
    let terminals = listen(listener_of_terminals, behind(terminals, proxies), tls.clone(), handle.clone());
    futures::future::try_join(listen(listener, park, tls, handle), terminals).await.map(|_| ())
}

/// Bound at once, so that whoever connects from now on is heard, if only later.
fn bound(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener = TcpListener::bind(address).map_err(ServeError::Listen)?;
    listener.set_nonblocking(true).map_err(ServeError::Listen)?;
    Ok(listener)
}

async fn listen(
    listener: TcpListener,
    service: Router,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
) -> Result<(), ServeError> {
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    let served = match tls {
        Some(config) => {
            let server = in_time(axum_server::from_tcp_rustls(listener, config).map_err(ServeError::Listen)?);
            server.handle(handle).serve(service).await
        }
        None => {
            let server = in_time(axum_server::from_tcp(listener).map_err(ServeError::Listen)?);
            server.handle(handle).serve(service).await
        }
    };
    served.map_err(ServeError::Listen)
}

/// Clients have to ask in time. (A TLS handshake has a limit of its own, a body that of `entry`.)
fn in_time<A: Address, Acceptor>(mut server: Server<A, Acceptor>) -> Server<A, Acceptor> {
    server.http_builder().http1().header_read_timeout(HEADERS_WITHIN);
    server.http_builder().http2().keep_alive_interval(PING_EVERY).keep_alive_timeout(PING_ANSWERED_WITHIN);
    server.first_request_timeout(FIRST_REQUEST_WITHIN)
}

/// Programs that start the portal read this line to learn the port.
#[expect(clippy::print_stdout, reason = "the one line that whoever starts the portal waits for")]
fn announce(what: &str, scheme: &str, address: SocketAddr) {
    println!("{what} on {scheme}://{address}");
}

async fn end_with(handle: Handle<SocketAddr>) {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => drop(interrupted.await),
    }
    tracing::info!("ending");
    handle.graceful_shutdown(Some(END_WITHIN));
}
