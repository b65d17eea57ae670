//! The style sheet, scripts and images, embedded at build under names that carry their content's hash.
//! Serving them (headers, negotiation) is the server's business.

/// One file as it is sent. As its name changes with its content, it may be cached for ever.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// The name that pages ask for, `hetao.css`.
    pub name: &'static str,
    /// Where it is served, `/assets/hetao.0123456789.css`.
    pub href: &'static str,
    pub content_type: &'static str,
    pub bytes: &'static [u8],
    pub brotli: &'static [u8],
    pub gzip: &'static [u8],
}

static ASSETS: &[Asset] = &include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Where nothing is served: what `href` gives for a name that no file in `web/` has.
const MISSING: &str = "/assets/missing";

/// The asset served under a path, given whole (`/assets/hetao.0123456789.css`) or without its folder.
pub fn get(path: &str) -> Option<&'static Asset> {
    let file = path.strip_prefix("/assets/").unwrap_or(path);
    ASSETS.iter().find(|asset| asset.href.strip_prefix("/assets/") == Some(file))
}

/// The address of a file of `web/`, by the name it has there.
pub fn href(name: &str) -> &'static str {
    named(name).map_or(MISSING, |asset| asset.href)
}

/// A file of `web/` by the name it has there: for what is served under an address that stays.
pub fn named(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

pub fn all() -> &'static [Asset] {
    ASSETS
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn every_asset_is_found_under_its_hashed_name_and_only_there() {
        for asset in all() {
            assert_eq!(get(asset.href).map(|found| found.name), Some(asset.name));
            assert_eq!(href(asset.name), asset.href);
            assert!(get(asset.name).is_none(), "{} must not be served under a name that never changes", asset.name);
        }
        assert_eq!(href("nothing.css"), MISSING);
    }

    #[test]
    fn compressed_copies_are_smaller_and_say_the_same() {
        for asset in all().iter().filter(|asset| asset.bytes.len() > 2_000) {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(asset.gzip).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == asset.bytes, "{}: gzip", asset.name);
            unpacked.clear();
            brotli::Decompressor::new(asset.brotli, 4096).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == asset.bytes, "{}: Brotli", asset.name);
            assert!(asset.brotli.len() < asset.gzip.len() && asset.gzip.len() < asset.bytes.len(), "{}", asset.name);
        }
    }

    #[test]
    fn nothing_licensed_to_another_government_and_nothing_from_a_third_party_is_left() {
        for asset in all().iter().filter(|asset| asset.name.ends_with(".css")) {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            for banned in ["GDS Transport", "crest", "url(", "@import", "@font-face"] {
                assert!(!text.contains(banned), "{} has {banned}", asset.name);
            }
        }
    }

    #[test]
    fn scripts_import_one_another_under_their_served_names() {
        let script = all().iter().find(|asset| asset.name == "hetao.js").unwrap();
        let text = std::str::from_utf8(script.bytes).unwrap();
        let kit = href("govuk-frontend.js").strip_prefix("/assets/").unwrap();
        assert!(text.contains(&format!("\"./{kit}\"")), "{text}");
    }

    #[test]
    fn first_visit_weighs_less_than_fifty_kilobytes() {
        let weight: usize = all().iter().map(|asset| asset.brotli.len()).sum();
        assert!(weight < 50_000, "{weight} bytes");
    }
}
