//! Private keys: the issuer's, and holder keys that the portal keeps for people without scripts and for printed cards.

use crate::{CredentialError, Jwk};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use std::fmt;

/// The longest key identifier.
pub(crate) const KID_BYTES_MAX: usize = 64;

/// What both kinds of key are made of.
struct SigningKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
    public: Jwk,
}

impl SigningKey {
    fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, CredentialError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8)
            .map_err(|_| CredentialError::PrivateKey)?;
        let public = Jwk::from_point(pair.public_key().as_ref())?;
        Ok(Self { pair, random: SystemRandom::new(), public })
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, CredentialError> {
        let signature = self.pair.sign(&self.random, message).map_err(|_| CredentialError::Signing)?;
        Ok(signature.as_ref().to_vec())
    }
}

fn generate_pkcs8() -> Result<Vec<u8>, CredentialError> {
    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map(|document| document.as_ref().to_vec())
        .map_err(|_| CredentialError::Signing)
}

/// The key that issues passes and status lists.
pub struct IssuerKey {
    kid: String,
    key: SigningKey,
}

impl IssuerKey {
    /// A new private key as PKCS#8, to be kept where secrets are kept.
    pub fn generate() -> Result<Vec<u8>, CredentialError> {
        generate_pkcs8()
    }

    /// `kid` is the name by which verifiers find the public key.
    pub fn from_pkcs8(kid: &str, pkcs8: &[u8]) -> Result<Self, CredentialError> {
        if kid.is_empty() || kid.len() > KID_BYTES_MAX {
            return Err(CredentialError::Claims("the key identifier must have 1 to 64 bytes"));
        }
        Ok(Self { kid: kid.to_owned(), key: SigningKey::from_pkcs8(pkcs8)? })
    }

    pub fn kid(&self) -> &str {
        &self.kid
    }

    pub fn public_jwk(&self) -> Jwk {
        self.key.public
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, CredentialError> {
        self.key.sign(message)
    }
}

/// A holder key that the portal keeps.
pub struct HolderKey(SigningKey);

impl HolderKey {
    /// A new private key as PKCS#8, to be sealed for its person.
    pub fn generate() -> Result<Vec<u8>, CredentialError> {
        generate_pkcs8()
    }

    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, CredentialError> {
        SigningKey::from_pkcs8(pkcs8).map(Self)
    }

    pub fn public_jwk(&self) -> Jwk {
        self.0.public
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, CredentialError> {
        self.0.sign(message)
    }
}

impl fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerKey({})", self.kid)
    }
}

impl fmt::Debug for HolderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HolderKey")
    }
}
