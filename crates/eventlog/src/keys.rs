//! The log's two signing keys and their verifier keys. Ed25519 signs the note's text (C2SP signed-note); ML-DSA-44
//! signs the tree head with a time (C2SP tlog-cosignature), so that a checkpoint stays worth something after the day
//! when Ed25519 can be forged. It knows no storage and no clock.
//!
//! Every commit waits for both signatures, so ML-DSA-44 is AWS-LC's, which has it in vector instructions; the tests hold
//! it against an implementation of other hands.

use crate::LogError;
use crate::checkpoint::{self, Checkpoint};
use crate::note::{Note, NoteError, Signature, is_key_name, push_signature};
use crate::tree::Hash;
use aws_lc_rs::signature::{KeyPair, ML_DSA_44, ML_DSA_44_SIGNING, PqdsaKeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

const ED25519: u8 = 0x01;
const ML_DSA_44_COSIGNATURE: u8 = 0x06;
const ML_DSA_44_KEY_BYTES: usize = 1312;
/// Verifier keys in one set: more than one log ever has.
const KEYS_MAX: usize = 16;

/// The secret halves. Both kinds of signing key wipe themselves when dropped.
pub struct LogKeys {
    origin: String,
    ed25519: ed25519_dalek::SigningKey,
    ml_dsa: PqdsaKeyPair,
    public: LogPublicKeys,
}

/// The verifier keys of one log. A note is accepted only if *every* key in the set has signed it: whoever forges one
/// algorithm must not get by with leaving the other out.
#[derive(Debug, Clone, PartialEq)]
pub struct LogPublicKeys {
    origin: String,
    keys: Vec<PublicKey>,
}

#[derive(Debug, Clone, PartialEq)]
struct PublicKey {
    id: [u8; 4],
    verifier: Verifier,
}

#[derive(Debug, Clone, PartialEq)]
enum Verifier {
    Ed25519(ed25519_dalek::VerifyingKey),
    MlDsa44(Box<[u8; ML_DSA_44_KEY_BYTES]>),
}

impl LogKeys {
    /// `origin` names the log as a URL without scheme, like `hetao.example/log`: no spaces, no plus sign.
    pub fn from_seeds(origin: &str, ed25519: [u8; 32], ml_dsa: [u8; 32]) -> Result<Self, LogError> {
        let (ed25519, ml_dsa) = (Zeroizing::new(ed25519), Zeroizing::new(ml_dsa));
        if !is_key_name(origin) {
            return Err(LogError::Keys { what: format!("{origin:?} cannot be a log's name") });
        }
        let ed25519_key = ed25519_dalek::SigningKey::from_bytes(&ed25519);
        let unusable = || LogError::Keys { what: "no ML-DSA-44 key can be made".to_owned() };
        let ml_dsa_key = PqdsaKeyPair::from_seed(&ML_DSA_44_SIGNING, ml_dsa.as_slice()).map_err(|_| unusable())?;
        let ml_dsa_public = ml_dsa_key.public_key().as_ref().try_into().map_err(|_| unusable())?;
        let verifiers = [Verifier::Ed25519(ed25519_key.verifying_key()), Verifier::MlDsa44(Box::new(ml_dsa_public))];
        let keys = verifiers.map(|verifier| PublicKey { id: verifier.key_id(origin), verifier }).into();
        let public = LogPublicKeys { origin: origin.to_owned(), keys };
        Ok(LogKeys { origin: origin.to_owned(), ed25519: ed25519_key, ml_dsa: ml_dsa_key, public })
    }

    pub fn public(&self) -> &LogPublicKeys {
        &self.public
    }

    /// Signs the tree head as a note. `seconds` since 1970 go into the ML-DSA-44 signature.
    pub(crate) fn sign(&self, size: u64, root: &Hash, seconds: u64) -> Result<String, LogError> {
        let text = checkpoint::text(&self.origin, size, root);
        let mut note = format!("{text}\n");
        for key in &self.public.keys {
            let signature = match &key.verifier {
                Verifier::Ed25519(_) => self.ed25519.sign(text.as_bytes()).to_bytes().to_vec(),
                Verifier::MlDsa44(_) => self.cosign(size, root, seconds)?,
            };
            push_signature(&mut note, &self.origin, key.id, &signature);
        }
        Ok(note)
    }

    fn cosign(&self, size: u64, root: &Hash, seconds: u64) -> Result<Vec<u8>, LogError> {
        let message = cosigned_message(&self.origin, seconds, &self.origin, size, root)
            .ok_or_else(|| LogError::Keys { what: "the log's name is too long".to_owned() })?;
        let mut signed = seconds.to_be_bytes().to_vec();
        let time = signed.len();
        signed.resize(time + ML_DSA_44_SIGNING.signature_len(), 0);
        let (_, signature) = signed.split_at_mut(time);
        let refused = |_| LogError::Keys { what: "ML-DSA-44 refused to sign".to_owned() };
        self.ml_dsa.sign(&message, signature).map_err(refused)?;
        Ok(signed)
    }
}

impl fmt::Debug for LogKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogKeys").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// `cosigned_message` of tlog-cosignature for a whole tree. `None` where a name does not fit its length byte.
fn cosigned_message(name: &str, seconds: u64, origin: &str, size: u64, root: &Hash) -> Option<Vec<u8>> {
    let mut message = b"subtree/v1\n\0".to_vec();
    message.push(u8::try_from(name.len()).ok()?);
    message.extend_from_slice(name.as_bytes());
    message.extend_from_slice(&seconds.to_be_bytes());
    message.push(u8::try_from(origin.len()).ok()?);
    message.extend_from_slice(origin.as_bytes());
    message.extend_from_slice(&0_u64.to_be_bytes());
    message.extend_from_slice(&size.to_be_bytes());
    message.extend_from_slice(root);
    Some(message)
}

impl LogPublicKeys {
    /// The log's name, which is both its keys' name and its checkpoints' first line.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Accepts a checkpoint of this log that every key of the set has signed.
    pub fn verify(&self, note: &str) -> Result<Checkpoint, NoteError> {
        let (text, signed_at) = self.verify_note(note)?;
        let mut checkpoint = Checkpoint::parse(text)?;
        if checkpoint.origin != self.origin {
            return Err(NoteError::OtherOrigin { found: checkpoint.origin, wanted: self.origin.clone() });
        }
        checkpoint.signed_at = signed_at;
        Ok(checkpoint)
    }

    /// Accepts any signed note that every key of the set has signed, and gives its text. ML-DSA-44 keys can sign
    /// checkpoints only.
    pub fn verify_text<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        self.verify_note(note).map(|(text, _)| text)
    }

    fn verify_note<'a>(&self, note: &'a str) -> Result<(&'a str, Option<u64>), NoteError> {
        let note = Note::parse(note)?;
        let mut signed_at = None;
        for key in &self.keys {
            let mut found = false;
            for signature in note.signatures.iter().filter(|s| s.name == self.origin && s.key_id == key.id) {
                found = true;
                let time = key.verifier.check(&self.origin, note.text, signature)?;
                signed_at = signed_at.max(time);
            }
            if !found {
                return Err(NoteError::Unsigned(key.verifier.to_string()));
            }
        }
        Ok((note.text, signed_at))
    }
}

impl Verifier {
    fn algorithm(&self) -> u8 {
        match self {
            Verifier::Ed25519(_) => ED25519,
            Verifier::MlDsa44(_) => ML_DSA_44_COSIGNATURE,
        }
    }

    /// Signature type and public key, as vkeys and key ids have them.
    fn typed_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.algorithm()];
        match self {
            Verifier::Ed25519(key) => bytes.extend_from_slice(key.as_bytes()),
            Verifier::MlDsa44(key) => bytes.extend_from_slice(key.as_slice()),
        }
        bytes
    }

    fn key_id(&self, name: &str) -> [u8; 4] {
        let digest = Sha256::new().chain_update(name).chain_update("\n").chain_update(self.typed_bytes()).finalize();
        let hash: Hash = digest.into();
        let [a, b, c, d, ..] = hash;
        [a, b, c, d]
    }

    fn from_typed_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first()? {
            (&ED25519, key) => {
                let key = ed25519_dalek::VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
                Some(Verifier::Ed25519(key))
            }
            (&ML_DSA_44_COSIGNATURE, key) => Some(Verifier::MlDsa44(Box::new(key.try_into().ok()?))),
            _ => None,
        }
    }

    /// Checks one signature line; gives its time where it carries one.
    fn check(&self, name: &str, text: &str, signature: &Signature<'_>) -> Result<Option<u64>, NoteError> {
        let forged = || NoteError::Forged(self.to_string());
        match self {
            Verifier::Ed25519(key) => {
                let signature = ed25519_dalek::Signature::from_slice(&signature.bytes).map_err(|_| forged())?;
                key.verify_strict(text.as_bytes(), &signature).map_err(|_| forged())?;
                Ok(None)
            }
            Verifier::MlDsa44(key) => {
                let head = Checkpoint::parse(text)?;
                let (seconds, signature) = signature.bytes.split_first_chunk::<8>().ok_or_else(forged)?;
                let seconds = u64::from_be_bytes(*seconds);
                let message =
                    cosigned_message(name, seconds, &head.origin, head.size, &head.root).ok_or_else(forged)?;
                let key = UnparsedPublicKey::new(&ML_DSA_44, key.as_slice());
                let fits = seconds <= i64::MAX as u64 && key.verify(&message, signature).is_ok();
                fits.then_some(Some(seconds)).ok_or_else(forged)
            }
        }
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verifier::Ed25519(_) => "the log's Ed25519 key",
            Verifier::MlDsa44(_) => "the log's ML-DSA-44 key",
        })
    }
}

/// One vkey a line.
impl fmt::Display for LogPublicKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for key in &self.keys {
            let id = u32::from_be_bytes(key.id);
            writeln!(f, "{}+{id:08x}+{}", self.origin, STANDARD.encode(key.verifier.typed_bytes()))?;
        }
        Ok(())
    }
}

/// Why a text is not a set of verifier keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one or more verifier keys like name+1a2b3c4d+AbCd…, all of the same name: {what}")]
pub struct KeyParseError {
    what: &'static str,
}

impl FromStr for LogPublicKeys {
    type Err = KeyParseError;

    /// Reads vkeys with white space between them.
    fn from_str(text: &str) -> Result<Self, KeyParseError> {
        let mut set: Option<LogPublicKeys> = None;
        for (count, vkey) in text.split_whitespace().enumerate() {
            if count == KEYS_MAX {
                return Err(KeyParseError { what: "there are too many" });
            }
            let (name, key) = parse_vkey(vkey)?;
            let set = set.get_or_insert_with(|| LogPublicKeys { origin: name.to_owned(), keys: Vec::new() });
            if set.origin != name {
                return Err(KeyParseError { what: "the names differ" });
            }
            set.keys.push(key);
        }
        set.ok_or(KeyParseError { what: "there is none" })
    }
}

fn parse_vkey(vkey: &str) -> Result<(&str, PublicKey), KeyParseError> {
    let wrong = |what| KeyParseError { what };
    let (name, rest) = vkey.split_once('+').ok_or(wrong("a plus sign is missing"))?;
    let (id, key) = rest.split_once('+').ok_or(wrong("a plus sign is missing"))?;
    if !is_key_name(name) {
        return Err(wrong("the name cannot be a key's name"));
    }
    let key = STANDARD.decode(key).map_err(|_| wrong("the key is not base64"))?;
    let verifier = Verifier::from_typed_bytes(&key).ok_or(wrong("the key is neither Ed25519 nor ML-DSA-44"))?;
    let key = PublicKey { id: verifier.key_id(name), verifier };
    if id != format!("{:08x}", u32::from_be_bytes(key.id)) {
        return Err(wrong("the key's number does not fit the key"));
    }
    Ok((name, key))
}
