//! E-mail addresses and mobile numbers, to the point that a message can be sent to them.

/// The address with its domain in lower case; `None` where it cannot be one. Stricter than RFC 5321: quoted local
/// parts, comments and bare IP addresses are valid there and typing mistakes here.
pub(crate) fn email(text: &str) -> Option<String> {
    const BYTES_MAX: usize = 254;
    const LOCAL_BYTES_MAX: usize = 64;
    let (local, domain) = text.split_once('@')?;
    let local_is_well = !local.is_empty()
        && local.len() <= LOCAL_BYTES_MAX
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte));
    let label_is_well = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    let domain_is_well = domain.contains('.')
        && domain.split('.').all(label_is_well)
        && top.len() >= 2
        && !top.bytes().all(|byte| byte.is_ascii_digit());
    let is_well = text.len() <= BYTES_MAX && local_is_well && domain_is_well;
    is_well.then(|| format!("{local}@{}", domain.to_ascii_lowercase()))
}

/// What an address may have meant: a comma for a dot, a Chinese full stop, a space inside, `mailto:` before it.
pub(crate) fn email_suggestion(text: &str) -> Option<String> {
    let mended = text.trim_start_matches("mailto:").replace([',', '。'], ".").replace(' ', "");
    if mended == text { None } else { email(&mended) }
}

/// `+852` and eight digits or `+86` and eleven; without its country code a number is told by its length.
pub(crate) fn mobile(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '/')).collect();
    let (international, digits) = match plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")) {
        Some(digits) => (true, digits),
        None => (false, plain.as_str()),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hong_kong = |local: &str| local.len() == 8 && local.starts_with(['4', '5', '6', '7', '8', '9']);
    let mainland = |local: &str| {
        local.len() == 11 && local.starts_with('1') && matches!(local.as_bytes().get(1), Some(b'3'..=b'9'))
    };
    let after = |code: &str| digits.strip_prefix(code).unwrap_or_default();
    if hong_kong(after("852")) || mainland(after("86")) {
        Some(format!("+{digits}"))
    } else if !international && hong_kong(digits) {
        Some(format!("+852{digits}"))
    } else if !international && mainland(digits) {
        Some(format!("+86{digits}"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_mail_can_reach_is_taken() {
        assert_eq!(email("Tai.Man+hr@Example.COM.hk").as_deref(), Some("Tai.Man+hr@example.com.hk"));
        for wrong in [
            "",
            "@",
            "a@b",
            "a.example.hk",
            "a@@example.hk",
            ".a@example.hk",
            "a..b@example.hk",
            "a@-b.hk",
            "a@b..hk",
            "陳@example.hk",
            "a b@example.hk",
            "a@10.0.0.1",
            "a@example.h",
            "a@example.hk.",
        ] {
            assert_eq!(email(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn common_slips_in_an_address_are_seen_through() {
        assert_eq!(email_suggestion("a@example,hk").as_deref(), Some("a@example.hk"));
        assert_eq!(email_suggestion("mailto:a@example.hk").as_deref(), Some("a@example.hk"));
        assert_eq!(email_suggestion("a@example"), None);
    }

    #[test]
    fn numbers_of_both_banks_are_read_with_and_without_their_country() {
        for text in ["+852 5000 0101", "5000-0101", "00852 50000101", "(852) 5000 0101"] {
            assert_eq!(mobile(text).as_deref(), Some("+85250000101"), "{text}");
        }
        for text in ["+86 199 0000 0101", "19900000101", "0086-19900000101"] {
            assert_eq!(mobile(text).as_deref(), Some("+8619900000101"), "{text}");
        }
        for wrong in ["", "+", "12345678", "5000010", "+85219900000101", "+44 7700 900123", "5000 0101 ext 2", "電話"]
        {
            assert_eq!(mobile(wrong), None, "{wrong}");
        }
    }
}
