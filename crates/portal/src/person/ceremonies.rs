//! Passkeys: what is between the question to an authenticator and its answer is kept here, in memory and not for long.

use std::fmt;
use std::sync::Arc;
use url::Url;
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder};

#[derive(Clone)]
pub(crate) struct Ceremonies {
    pub webauthn: Arc<Webauthn>,
}

impl Ceremonies {
    pub fn new(origin: &Url) -> Result<Self, String> {
        let host = origin.host_str().unwrap_or_default();
        let builder = WebauthnBuilder::new(host, origin).map_err(|error| error.to_string())?;
        let webauthn = builder.rp_name("Hetao").build().map_err(|error| error.to_string())?;
        Ok(Self { webauthn: Arc::new(webauthn) })
    }
}

impl fmt::Debug for Ceremonies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ceremonies")
    }
}
