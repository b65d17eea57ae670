//! A message sealed for one browser: RFC 8291 over the `aes128gcm` of RFC 8188, in one record.

use crate::PushError;
use crate::subscription::{POINT_BYTES, SECRET_BYTES, Subscription};
use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};

/// What every push service has to take (RFC 8030, section 7.2).
pub const BODY_BYTES_MAX: usize = 4_096;
const SALT_BYTES: usize = 16;
const HEADER_BYTES: usize = SALT_BYTES + 4 + 1 + POINT_BYTES;
const TAG_BYTES: usize = 16;
/// Of the one record that a body has.
const RECORD_BYTES: u32 = 4_096;
/// Marks the last record; what follows it is padding.
const LAST_RECORD: u8 = 2;
pub const PLAINTEXT_BYTES_MAX: usize = BODY_BYTES_MAX - HEADER_BYTES - TAG_BYTES - 1;
/// Messages are padded to a multiple of this: their length does not tell a push service which notice it was.
const PADDED_TO: usize = 512;

/// The body of a request to the subscription's endpoint.
pub fn seal(message: &[u8], to: &Subscription) -> Result<Vec<u8>, PushError> {
    let mut salt = [0; SALT_BYTES];
    SystemRandom::new().fill(&mut salt).map_err(|_| PushError::Cryptography)?;
    let key = PrivateKey::generate(&ECDH_P256).map_err(|_| PushError::Cryptography)?;
    let padded = (message.len() + 1).next_multiple_of(PADDED_TO).min(PLAINTEXT_BYTES_MAX + 1);
    seal_with(message, padded.saturating_sub(message.len() + 1), &key, salt, to)
}

pub(crate) fn seal_with(
    message: &[u8],
    padding: usize,
    key: &PrivateKey,
    salt: [u8; SALT_BYTES],
    to: &Subscription,
) -> Result<Vec<u8>, PushError> {
    if message.len() + padding > PLAINTEXT_BYTES_MAX {
        return Err(PushError::TooLong);
    }
    let (theirs, secret) = (to.point()?, to.secret()?);
    let ours = key.compute_public_key().map_err(|_| PushError::Cryptography)?;
    let material = material(key, &theirs, &secret, [&theirs, ours.as_ref()])?;
    let (cipher, nonce) = record_keys(&material, &salt)?;
    let mut record = message.to_vec();
    record.push(LAST_RECORD);
    record.resize(record.len() + padding, 0);
    cipher.seal_in_place_append_tag(nonce, Aad::empty(), &mut record).map_err(|_| PushError::Cryptography)?;
    let mut body = salt.to_vec();
    body.extend(RECORD_BYTES.to_be_bytes());
    body.push(u8::try_from(POINT_BYTES).map_err(|_| PushError::Cryptography)?);
    body.extend(ours.as_ref());
    body.extend(record);
    Ok(body)
}

/// What a browser does with a body: for push services of tests. `key` is the browser's, `secret` the one it subscribed
/// with.
pub fn open(body: &[u8], key: &PrivateKey, secret: &[u8]) -> Result<Vec<u8>, PushError> {
    if body.len() > BODY_BYTES_MAX || secret.len() != SECRET_BYTES {
        return Err(PushError::NotOpened);
    }
    let (salt, rest) = body.split_at_checked(SALT_BYTES).ok_or(PushError::NotOpened)?;
    let (record_size, rest) = rest.split_at_checked(4).ok_or(PushError::NotOpened)?;
    let (length, rest) = rest.split_first().ok_or(PushError::NotOpened)?;
    let (theirs, record) = rest.split_at_checked(usize::from(*length)).ok_or(PushError::NotOpened)?;
    if record_size != RECORD_BYTES.to_be_bytes() || theirs.len() != POINT_BYTES {
        return Err(PushError::NotOpened);
    }
    let ours = key.compute_public_key().map_err(|_| PushError::Cryptography)?;
    let material = material(key, theirs, secret, [ours.as_ref(), theirs])?;
    let (cipher, nonce) = record_keys(&material, salt)?;
    let mut record = record.to_vec();
    let opened = cipher.open_in_place(nonce, Aad::empty(), &mut record).map_err(|_| PushError::NotOpened)?;
    let end = opened.iter().rposition(|byte| *byte != 0).ok_or(PushError::NotOpened)?;
    match opened.split_at_checked(end) {
        Some((message, [LAST_RECORD, ..])) => Ok(message.to_vec()),
        _ => Err(PushError::NotOpened),
    }
}

/// Section 3.4: both points, the browser's first, are bound to what is derived.
fn material(key: &PrivateKey, peer: &[u8], secret: &[u8], points: [&[u8]; 2]) -> Result<[u8; 32], PushError> {
    let [browser, sender] = points;
    let peer = UnparsedPublicKey::new(&ECDH_P256, peer);
    let info: [&[u8]; 3] = [b"WebPush: info\0", browser, sender];
    agree(key, peer, PushError::Keys, |shared| {
        let mut material = [0; 32];
        expand(&Salt::new(HKDF_SHA256, secret).extract(shared), &info, &mut material)?;
        Ok(material)
    })
}

fn record_keys(material: &[u8], salt: &[u8]) -> Result<(LessSafeKey, Nonce), PushError> {
    let root = Salt::new(HKDF_SHA256, salt).extract(material);
    let (mut key, mut nonce) = ([0; 16], [0; NONCE_LEN]);
    expand(&root, &[b"Content-Encoding: aes128gcm\0"], &mut key)?;
    expand(&root, &[b"Content-Encoding: nonce\0"], &mut nonce)?;
    let key = UnboundKey::new(&AES_128_GCM, &key).map_err(|_| PushError::Cryptography)?;
    // The key is used for this one record: its nonce cannot come twice.
    Ok((LessSafeKey::new(key), Nonce::assume_unique_for_key(nonce)))
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand(root: &Prk, info: &[&[u8]], out: &mut [u8]) -> Result<(), PushError> {
    let derived = root.expand(info, Length(out.len())).map_err(|_| PushError::Cryptography)?;
    derived.fill(out).map_err(|_| PushError::Cryptography)
}
