//! A small HTTP client on kept-alive connections, so that the measured side is the server's.

use anyhow::Context;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::client::legacy::Client as Pooled;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

#[derive(Clone)]
pub struct Client {
    pooled: Pooled<HttpConnector, Full<Bytes>>,
    origin: String,
}

impl Client {
    pub fn new(origin: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self { pooled: Pooled::builder(TokioExecutor::new()).build(connector), origin: origin.to_owned() }
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> anyhow::Result<(StatusCode, Bytes)> {
        self.send(Method::GET, path, headers, Bytes::new()).await
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: Bytes) -> anyhow::Result<(StatusCode, Bytes)> {
        self.send(Method::POST, path, headers, body).await
    }

    /// Signs in as one of the demonstration's personas, as a browser would; the session's cookie.
    pub async fn sign_in(&self, persona: &str) -> anyhow::Result<String> {
        let form = self.respond(Method::GET, "/en/demo", &[], Bytes::new()).await?;
        let anonymous = cookie_of(&form)?;
        let page = String::from_utf8(form.into_body().collect().await?.to_bytes().to_vec())?;
        let token = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let body = format!("csrf={}&persona={persona}", token.context("the form's token")?);
        let headers = [("cookie", anonymous.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        cookie_of(&self.respond(Method::POST, "/en/demo/sign-in", &headers, body.into()).await?)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> anyhow::Result<(StatusCode, Bytes)> {
        let response = self.respond(method, path, headers, body).await?;
        let status = response.status();
        Ok((status, response.into_body().collect().await?.to_bytes()))
    }

    async fn respond(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> anyhow::Result<Response<Incoming>> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Ok(self.pooled.request(request.body(Full::new(body))?).await?)
    }
}

fn cookie_of(response: &Response<Incoming>) -> anyhow::Result<String> {
    let set = response.headers().get("set-cookie").context("a session cookie")?.to_str()?;
    Ok(set.split(';').next().unwrap_or_default().to_owned())
}
