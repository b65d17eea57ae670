//! What can go wrong: making a credential (an operator's error), verifying one (a fault with a code for the traveller).

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    #[error("this is no PKCS#8 private key on the curve P-256")]
    PrivateKey,
    #[error("a key could not be made, or signing failed")]
    Signing,
    #[error("the operating system gave no random bytes")]
    NoRandomness,
    #[error("this is no public P-256 key: {0}")]
    PublicKey(&'static str),
    #[error("a pass cannot be issued: {0}")]
    Claims(&'static str),
    #[error("a pass cannot be presented: {0}")]
    Presentation(&'static str),
    #[error("a verifier cannot be set up: {0}")]
    Verifier(&'static str),
    #[error("a status list is not usable: {0}")]
    StatusList(&'static str),
    #[error("{0} bytes do not fit a QR code")]
    TooLongForQr(usize),
}

/// Why a presentation is not trusted. In the order in which they are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VerificationFault {
    /// Empty, too long, not plain text, too many disclosures, or not divided as a presentation is.
    Unreadable,
    /// A pass without a key-binding signature: a copy, not a presentation.
    NotBound,
    /// Another kind of token, another algorithm, or a header with something in it that we do not know.
    UnsupportedFormat,
    /// Base64url or JSON that does not decode, or says the same thing twice.
    DecodeFailed,
    /// Issued under a key that this verifier has not.
    KeyUnavailable,
    /// The issuer did not sign this.
    SignatureMismatch,
    /// Signed by the issuer, yet claims are missing or of the wrong kind.
    UnsupportedContent,
    /// Another issuer's, or another kind of credential.
    WrongIssuer,
    /// A disclosure that the issuer did not sign, shown twice, or for a name that is taken.
    DisclosureMismatch,
    /// The presentation was made for somebody else.
    WrongAudience,
    /// What was shown is not what the holder signed.
    ContentMismatch,
    /// Made longer ago than its form allows.
    StalePresentation,
    /// Made later than now: the phone's clock or ours is wrong.
    FromTheFuture,
    /// The holder's key did not sign this presentation.
    HolderMismatch,
}

impl VerificationFault {
    pub const ALL: [VerificationFault; 14] = [
        VerificationFault::Unreadable,
        VerificationFault::NotBound,
        VerificationFault::UnsupportedFormat,
        VerificationFault::DecodeFailed,
        VerificationFault::KeyUnavailable,
        VerificationFault::SignatureMismatch,
        VerificationFault::UnsupportedContent,
        VerificationFault::WrongIssuer,
        VerificationFault::DisclosureMismatch,
        VerificationFault::WrongAudience,
        VerificationFault::ContentMismatch,
        VerificationFault::StalePresentation,
        VerificationFault::FromTheFuture,
        VerificationFault::HolderMismatch,
    ];

    /// In kebab case, as the messages and the API know it.
    pub fn code(self) -> &'static str {
        match self {
            VerificationFault::Unreadable => "unreadable",
            VerificationFault::NotBound => "not-bound",
            VerificationFault::UnsupportedFormat => "unsupported-format",
            VerificationFault::DecodeFailed => "decode-failed",
            VerificationFault::KeyUnavailable => "key-unavailable",
            VerificationFault::SignatureMismatch => "signature-mismatch",
            VerificationFault::UnsupportedContent => "unsupported-content",
            VerificationFault::WrongIssuer => "wrong-issuer",
            VerificationFault::DisclosureMismatch => "disclosure-mismatch",
            VerificationFault::WrongAudience => "wrong-audience",
            VerificationFault::ContentMismatch => "content-mismatch",
            VerificationFault::StalePresentation => "stale-presentation",
            VerificationFault::FromTheFuture => "from-the-future",
            VerificationFault::HolderMismatch => "holder-mismatch",
        }
    }
}

impl std::fmt::Display for VerificationFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for VerificationFault {}
