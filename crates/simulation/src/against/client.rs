//! A small client of the server's JSON API: connections that are kept, a limit on what is read, no redirects.

use crate::error::SimulationError;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Method, Request, header};
use hyper_util::client::legacy::Client as Connections;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use std::time::Duration;

const ANSWER_BYTES_MAX: usize = 256 * 1024;
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub(crate) struct Client {
    connections: Connections<HttpConnector, Full<Bytes>>,
    /// Without a slash at its end.
    address: String,
}

/// The status, and what came with it.
pub(crate) type Answer = (u16, Value);

impl Client {
    /// A demonstration listens on this machine alone and without TLS; nothing else is spoken to.
    pub fn new(address: &str) -> Result<Self, SimulationError> {
        let address = address.trim_end_matches('/');
        if !address.starts_with("http://") {
            return Err(SimulationError::Address);
        }
        let connections = Connections::builder(TokioExecutor::new()).build(HttpConnector::new());
        Ok(Self { connections, address: address.to_owned() })
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Result<Answer, SimulationError> {
        self.send(Method::POST, path, token, body.to_string()).await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: String,
    ) -> Result<Answer, SimulationError> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Full::new(Bytes::from(body))).map_err(|error| self.failed(&error))?;
        let answering = async {
            let answer = self.connections.request(request).await.map_err(|error| self.failed(&error))?;
            let status = answer.status().as_u16();
            let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|error| self.failed(error.as_ref()))?.to_bytes();
            Ok((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
        };
        tokio::time::timeout(ANSWER_WITHIN, answering).await.map_err(|error| self.failed(&error))?
    }

    /// A client's own message says little: what lies beneath it says why.
    fn failed(&self, error: &dyn std::error::Error) -> SimulationError {
        let mut what = format!("{}: {error}", self.address);
        let mut cause = error.source();
        while let Some(beneath) = cause {
            what.push_str(&format!(": {beneath}"));
            cause = beneath.source();
        }
        SimulationError::Server(what)
    }
}
