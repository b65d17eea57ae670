//! What is taken and what is not, by content.

use crate::{Asked, AttachmentFault, inspect, plain_name};
use image::{DynamicImage, ImageFormat, RgbImage};
use profile::FileFormat;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ALL: Asked = Asked { formats: &FileFormat::ALL, bytes_max: 4 << 20 };

#[track_caller]
fn check(name: &str, bytes: &[u8], want: Result<FileFormat, AttachmentFault>) {
    assert_eq!(inspect(name, bytes, ALL).map(|inspected| inspected.format), want, "{name}");
}

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn pdf(inside: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n<< /Type /Catalog {inside} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n").into_bytes()
}

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut entries: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")];
    entries.extend(more);
    packed(&entries)
}

#[test]
fn a_file_is_known_by_its_content_and_pictures_get_a_thumbnail() {
    check("report.pdf", &pdf(""), Ok(FileFormat::Pdf));
    check("report.PDF", &pdf(""), Ok(FileFormat::Pdf));
    check("no-ending", &pdf(""), Ok(FileFormat::Pdf));
    check("plan.docx", &docx(&[]), Ok(FileFormat::Docx));
    check(
        "sums.xlsx",
        &packed(&[("[Content_Types].xml", b"<T/>"), ("xl/workbook.xml", b"<w/>")]),
        Ok(FileFormat::Xlsx),
    );
    for (name, format) in
        [("scan.png", ImageFormat::Png), ("scan.jpeg", ImageFormat::Jpeg), ("scan.jpg", ImageFormat::Jpeg)]
    {
        let inspected = inspect(name, &picture(format, 600, 300), ALL).unwrap();
        let thumbnail = image::load_from_memory(&inspected.thumbnail.unwrap()).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (240, 120), "{name}");
    }
}

#[test]
fn a_file_that_lies_about_its_type_is_refused_by_what_it_is() {
    let png = picture(ImageFormat::Png, 2, 2);
    check("scan.pdf", &png, Err(AttachmentFault::NotWhatItsNameSays { found: FileFormat::Png }));
    check("photo.jpg", &pdf(""), Err(AttachmentFault::NotWhatItsNameSays { found: FileFormat::Pdf }));
    check("report.pdf.exe", &pdf(""), Err(AttachmentFault::NotWhatItsNameSays { found: FileFormat::Pdf }));
    for stranger in [&b"MZ\x90\x00program"[..], b"<html><script>", b"#!/bin/sh\n", b"GIF89a", b"just text"] {
        check("report.pdf", stranger, Err(AttachmentFault::UnknownFormat));
    }
    check("more.docx", &packed(&[("setup.exe", b"MZ")]), Err(AttachmentFault::UnknownFormat));
}

#[test]
fn what_is_empty_cut_short_locked_or_starts_programs_is_refused() {
    check("report.pdf", b"", Err(AttachmentFault::Empty));
    check("report.pdf", b"%PDF-1.7\n1 0 obj", Err(AttachmentFault::Damaged));
    check("report.pdf", &pdf("/Encrypt 5 0 R"), Err(AttachmentFault::Locked));
    check("report.pdf", &pdf("/OpenAction << /S /JavaScript >>"), Err(AttachmentFault::CarriesProgram));
    check("plan.docx", &docx(&[("word/vbaProject.bin", b"macro")]), Err(AttachmentFault::CarriesProgram));
    let whole = picture(ImageFormat::Png, 40, 40);
    check("scan.png", &whole[..whole.len() / 2], Err(AttachmentFault::Damaged));
    check("plan.docx", b"PK\x03\x04 and no more", Err(AttachmentFault::Damaged));
}

#[test]
fn a_small_file_that_unfolds_into_very_much_is_refused_before_it_has() {
    let zeros = vec![0; 80 << 20];
    let bomb = docx(&[("word/media/image1.bin", &zeros)]);
    assert!(bomb.len() < 200_000, "it is small: {}", bomb.len());
    check("plan.docx", &bomb, Err(AttachmentFault::UnfoldsTooFar));
    let many: Vec<String> = (0..2_100).map(|number| format!("word/{number}.xml")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"<x/>"[..])).collect();
    check("plan.docx", &docx(&many), Err(AttachmentFault::UnfoldsTooFar));
    // A picture that says in its first bytes that it is 60,000 pixels wide and high.
    let mut wide = picture(ImageFormat::Png, 4, 4);
    let side = 60_000_u32.to_be_bytes();
    wide[16..20].copy_from_slice(&side);
    wide[20..24].copy_from_slice(&side);
    let sum = crc32(&wide[12..29]).to_be_bytes();
    wide[29..33].copy_from_slice(&sum);
    check("scan.png", &wide, Err(AttachmentFault::UnfoldsTooFar));
}

/// Of a PNG chunk.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (0_u32.wrapping_sub(sum & 1))))
    })
}

#[test]
fn each_document_takes_its_own_formats_up_to_its_own_size() {
    let pdf_only = Asked { formats: &[FileFormat::Pdf], bytes_max: 1 << 20 };
    let png = picture(ImageFormat::Png, 2, 2);
    let refused = inspect("scan.png", &png, pdf_only).unwrap_err();
    assert_eq!(refused, AttachmentFault::NotTaken { format: FileFormat::Png });
    let mut long = pdf("");
    long.splice(9..9, std::iter::repeat_n(b' ', 1 << 20));
    let refused = inspect("report.pdf", &long, pdf_only).unwrap_err();
    assert_eq!((refused, refused.limit()), (AttachmentFault::TooLarge { bytes_max: 1 << 20 }, Some(1)));
}

#[test]
fn a_name_loses_its_path_and_whatever_deceives_and_keeps_its_ending() {
    for (name, want) in [
        ("帳目 2025.pdf", "帳目 2025.pdf"),
        ("C:\\Users\\me\\scan.png", "scan.png"),
        ("../../etc/passwd", "passwd"),
        ("gpj.\u{202e}exe.pdf", "gpj.exe.pdf"),
        ("a\u{0}b\n\"c\".pdf", "abc.pdf"),
        ("...", "file"),
        ("", "file"),
    ] {
        assert_eq!(plain_name(name), want, "{name:?}");
    }
    let long = plain_name(&format!("{}.pdf", "長".repeat(300)));
    assert!(long.chars().count() <= 100 && long.ends_with(".pdf"), "{long}");
}
