//! The Token Status List (draft-ietf-oauth-status-list): one small number for each pass, compressed and signed, so
//! that a verifier that cannot ask learns of revocations without anybody learning whom it looked up.

use crate::jws::{self, Compact, Header};
use crate::{CredentialError, IssuerKey, Jwk, strict};
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::Read;

const TYP: &str = "statuslist+jwt";
/// Unpacked; 64 million passes at two bits.
const LIST_BYTES_MAX: u64 = 16 << 20;
/// A signed list of that size with many revocations stays far below.
const TOKEN_BYTES_MAX: usize = 32 << 20;

/// What a pass's number means. Others are left to applications by the draft; we use none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PassStatus {
    Valid,
    /// Revoked: for good.
    Invalid,
    /// For the time being.
    Suspended,
}

impl PassStatus {
    pub fn number(self) -> u8 {
        match self {
            PassStatus::Valid => 0,
            PassStatus::Invalid => 1,
            PassStatus::Suspended => 2,
        }
    }

    pub fn of(number: u8) -> Option<Self> {
        [PassStatus::Valid, PassStatus::Invalid, PassStatus::Suspended]
            .into_iter()
            .find(|status| status.number() == number)
    }
}

/// Numbers of 1, 2, 4 or 8 bits each, the first in the lowest bits of the first byte.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList {
    bits: u8,
    bytes: Vec<u8>,
}

impl std::fmt::Debug for StatusList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StatusList({} bits, {} entries)", self.bits, self.len())
    }
}

/// The signed list's claims.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    iat: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ttl: Option<u32>,
    status_list: Packed,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    bits: u8,
    lst: String,
}

/// A status list token that was verified.
#[derive(Debug, Clone)]
pub struct VerifiedList {
    pub list: StatusList,
    pub issued_at: i64,
    pub expires_at: Option<i64>,
    /// For how long a copy may be used before asking again.
    pub ttl_seconds: Option<u32>,
}

impl StatusList {
    /// All zero.
    pub fn new(bits: u8, entries: u32) -> Result<Self, CredentialError> {
        if !matches!(bits, 1 | 2 | 4 | 8) {
            return Err(CredentialError::StatusList("an entry must have 1, 2, 4 or 8 bits"));
        }
        let bytes = (u64::from(entries) * u64::from(bits)).div_ceil(8);
        if bytes > LIST_BYTES_MAX {
            return Err(CredentialError::StatusList("it has too many entries"));
        }
        let bytes = usize::try_from(bytes).map_err(|_| CredentialError::StatusList("it has too many entries"))?;
        Ok(Self { bits, bytes: vec![0; bytes] })
    }

    /// The two-bit list of the park's passes: `entries` long, valid where nothing else is said.
    pub fn of_passes(
        entries: u32,
        statuses: impl IntoIterator<Item = (u32, PassStatus)>,
    ) -> Result<Self, CredentialError> {
        let mut list = Self::new(2, entries)?;
        for (index, status) in statuses {
            list.set(index, status.number())?;
        }
        Ok(list)
    }

    /// A few more than asked for where the last byte has room.
    pub fn len(&self) -> usize {
        self.bytes.len() * self.per_byte()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// `None` beyond the end of the list.
    pub fn get(&self, index: u32) -> Option<u8> {
        let (byte, shift) = self.place(index)?;
        self.bytes.get(byte).map(|byte| (byte >> shift) & self.mask())
    }

    pub fn set(&mut self, index: u32, status: u8) -> Result<(), CredentialError> {
        let mask = self.mask();
        if status > mask {
            return Err(CredentialError::StatusList("a status does not fit the bits of an entry"));
        }
        let place = self.place(index);
        let found = place.and_then(|(at, shift)| self.bytes.get_mut(at).map(|byte| (byte, shift)));
        let (byte, shift) = found.ok_or(CredentialError::StatusList("an index is beyond its end"))?;
        *byte = (*byte & !(mask << shift)) | (status << shift);
        Ok(())
    }

    /// The `lst` of the draft: zlib, then unpadded base64url.
    pub fn pack(&self) -> Result<String, CredentialError> {
        let mut packed = Vec::new();
        ZlibEncoder::new(self.bytes.as_slice(), Compression::best())
            .read_to_end(&mut packed)
            .map_err(|_| CredentialError::StatusList("it could not be compressed"))?;
        Ok(jws::encode(packed))
    }

    pub fn unpack(bits: u8, lst: &str) -> Result<Self, CredentialError> {
        let mut list = Self::new(bits, 0)?;
        let packed = jws::decode(lst).map_err(|_| CredentialError::StatusList("it is not base64url"))?;
        // One byte more than is allowed is read, so that a list that is cut off here is told from one that ends here.
        ZlibDecoder::new(packed.as_slice())
            .take(LIST_BYTES_MAX + 1)
            .read_to_end(&mut list.bytes)
            .map_err(|_| CredentialError::StatusList("it is not zlib data"))?;
        if list.bytes.len() as u64 > LIST_BYTES_MAX {
            return Err(CredentialError::StatusList("it unpacks to more than 16 MiB"));
        }
        Ok(list)
    }

    /// The signed token, served as `application/statuslist+jwt` at `uri`. Times in seconds.
    pub fn sign(
        &self,
        key: &IssuerKey,
        uri: &str,
        issued_at: i64,
        expires_at: i64,
        ttl_seconds: u32,
    ) -> Result<String, CredentialError> {
        let claims = Claims {
            sub: uri.to_owned(),
            iat: issued_at,
            exp: Some(expires_at),
            ttl: Some(ttl_seconds),
            status_list: Packed { bits: self.bits, lst: self.pack()? },
        };
        jws::sign(&Header::new(TYP, Some(key.kid())), &claims, |message| key.sign(message))
    }

    fn per_byte(&self) -> usize {
        8 / usize::from(self.bits.max(1))
    }

    fn mask(&self) -> u8 {
        u8::MAX >> (8 - self.bits)
    }

    /// Byte and shift of an entry.
    fn place(&self, index: u32) -> Option<(usize, u32)> {
        let bit = u64::from(index) * u64::from(self.bits);
        Some((usize::try_from(bit / 8).ok()?, u32::try_from(bit % 8).ok()?))
    }
}

/// The list in a token that `key` signed for `uri` and that has not expired at `now` (seconds).
pub fn verify(token: &str, key: &Jwk, uri: &str, now: i64) -> Result<VerifiedList, CredentialError> {
    let error = CredentialError::StatusList;
    if token.len() > TOKEN_BYTES_MAX {
        return Err(error("the token is too long"));
    }
    let compact = Compact::split(token).map_err(|_| error("the token is no JWT"))?;
    compact.expect(TYP).map_err(|_| error("the token is of another type or algorithm"))?;
    match compact.verify(&key.parsed()?) {
        Ok(true) => {}
        Ok(false) | Err(_) => return Err(error("the issuer did not sign the token")),
    }
    let bytes = jws::decode(compact.payload).map_err(|_| error("the token is not base64url"))?;
    let value: Value = strict::parse(&bytes).map_err(|_| error("the token is not proper JSON"))?;
    let claims: Claims =
        serde_json::from_value(value).map_err(|_| error("the token has other claims than expected"))?;
    if claims.sub != uri {
        return Err(error("the token is for another list"));
    }
    if claims.exp.is_some_and(|expires_at| expires_at <= now) {
        return Err(error("the token has expired"));
    }
    Ok(VerifiedList {
        list: StatusList::unpack(claims.status_list.bits, &claims.status_list.lst)?,
        issued_at: claims.iat,
        expires_at: claims.exp,
        ttl_seconds: claims.ttl,
    })
}
