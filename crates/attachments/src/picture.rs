//! Pictures: decoded once within limits, and drawn small.

use crate::fault::AttachmentFault;
use image::error::{ImageError, LimitErrorKind};
use image::{ImageFormat, ImageReader, Limits};
use profile::FileFormat;
use std::io::Cursor;

/// A page scanned at 600 dots to the inch has 35 million.
const PIXELS_MAX: u64 = 50_000_000;
const SIDE_MAX: u32 = 16_000;
const DECODED_BYTES_MAX: u64 = 256 << 20;
const THUMBNAIL_SIDE: u32 = 240;

/// A small PNG of the picture.
pub(crate) fn thumbnail(bytes: &[u8], format: FileFormat) -> Result<Vec<u8>, AttachmentFault> {
    let format = match format {
        FileFormat::Png => ImageFormat::Png,
        FileFormat::Jpeg => ImageFormat::Jpeg,
        FileFormat::Pdf | FileFormat::Docx | FileFormat::Xlsx => return Err(AttachmentFault::Damaged),
    };
    // Measured before it is decoded: a picture says how large it will be.
    let (width, height) = reader(bytes, format).into_dimensions().map_err(|error| fault(&error))?;
    if u64::from(width).saturating_mul(u64::from(height)) > PIXELS_MAX {
        return Err(AttachmentFault::UnfoldsTooFar);
    }
    let picture = reader(bytes, format).decode().map_err(|error| fault(&error))?;
    let small = picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE).to_rgba8();
    let mut png = Vec::new();
    small.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(|_| AttachmentFault::Damaged)?;
    Ok(png)
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader
}

fn fault(error: &ImageError) -> AttachmentFault {
    match error {
        ImageError::Limits(limits)
            if matches!(limits.kind(), LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory) =>
        {
            AttachmentFault::UnfoldsTooFar
        }
        _ => AttachmentFault::Damaged,
    }
}
