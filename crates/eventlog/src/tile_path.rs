//! The paths under which C2SP tlog-tiles serves tiles: `tile/0/x001/234.p/7`, `tile/entries/x001/234`. Whether the
//! tile exists is not known here.

use crate::checkpoint::decimal;
use std::fmt;
use std::str::FromStr;

/// What a path asks for. `width` is 256 for a full tile, 1 to 255 for a partial one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TilePath {
    Hashes { level: u8, index: u64, width: u16 },
    Entries { index: u64, width: u16 },
}

/// A full tile's width.
pub const FULL: u16 = 256;
/// No path that names a tile is longer.
const PATH_BYTES_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a path like tile/0/x001/234, tile/1/003.p/7 or tile/entries/x001/234")]
pub struct TilePathError;

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, width) = match self {
            TilePath::Hashes { level, index, width } => {
                write!(f, "tile/{level}/")?;
                (*index, *width)
            }
            TilePath::Entries { index, width } => {
                f.write_str("tile/entries/")?;
                (*index, *width)
            }
        };
        write_index(f, index)?;
        if width == FULL { Ok(()) } else { write!(f, ".p/{width}") }
    }
}

/// Groups of three digits; all but the last are marked with an x, so that no file is ever in a folder's way.
fn write_index(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    let mut scale: u64 = 1;
    while index / scale >= 1000 {
        scale *= 1000;
    }
    while scale > 1 {
        write!(f, "x{:03}/", index / scale % 1000)?;
        scale /= 1000;
    }
    write!(f, "{:03}", index % 1000)
}

impl FromStr for TilePath {
    type Err = TilePathError;

    fn from_str(path: &str) -> Result<Self, TilePathError> {
        // There is exactly one way to write each path; comparing with it is simpler than refusing every other.
        read(path).filter(|tile| tile.to_string() == path).ok_or(TilePathError)
    }
}

/// Reads a path such as `tile/0/x001/234.p/7`.
pub fn parse(path: &str) -> Option<TilePath> {
    path.parse().ok()
}

fn read(path: &str) -> Option<TilePath> {
    if path.len() > PATH_BYTES_MAX {
        return None;
    }
    let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, decimal(width).and_then(|width| u16::try_from(width).ok())?),
        None => (rest, FULL),
    };
    let partial = index.len() < rest.len();
    if width == 0 || width > FULL || (partial && width == FULL) {
        return None;
    }
    let index = parse_index(index)?;
    if kind == "entries" {
        return Some(TilePath::Entries { index, width });
    }
    let level = decimal(kind).and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 64)?;
    Some(TilePath::Hashes { level, index, width })
}

fn parse_index(text: &str) -> Option<u64> {
    let mut groups = text.split('/').peekable();
    let mut index: u64 = 0;
    while let Some(group) = groups.next() {
        let digits = if groups.peek().is_some() { group.strip_prefix('x')? } else { group };
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some(index)
}
