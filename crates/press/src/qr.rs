//! The QR code as a drawing: black squares on white, with the light border that readers rely on.

use crate::set::PressError;
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// ISO/IEC 18004.
const QUIET_MODULES: usize = 4;

pub(crate) fn svg(text: &str) -> Result<String, PressError> {
    // The library asks for the capacity itself; an empty text has no meaning to encode.
    if text.is_empty() {
        return Err(PressError::Address);
    }
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| PressError::Address)?;
    let side = code.size + 2 * QUIET_MODULES;
    let mut path = String::new();
    for (y, row) in code.data.chunks(code.size).take(code.size).enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, module)| module.value()) {
            // Writing to a text cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET_MODULES, y + QUIET_MODULES);
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}
