//! Makes the typefaces that letters are set in: one weight for each script, out of the npm packages that the lock file
//! of `web` names, compressed. So a letter looks the same on every machine, whatever fonts are installed there.

#[path = "../../web/install.rs"]
mod install;

use install::{Fallible, install_packages};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const TYPEFACES: [(&str, &str); 2] = [
    ("traditional", "noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf"),
    ("simplified", "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
];

fn main() -> Fallible<()> {
    let web = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../../web");
    for watched in ["install.rs", "package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={}", web.join(watched).display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    install_packages(&web)?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for (name, file) in TYPEFACES {
        let file = web.join("node_modules/@expo-google-fonts").join(file);
        let content = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        compress(&content, &out.join(name).with_extension("ttf.br"))?;
    }
    Ok(())
}

fn compress(content: &[u8], to: &Path) -> Fallible<()> {
    let mut compressed = Vec::new();
    // Quality 9 with a window of 16 MiB: a few seconds, and within a tenth of the best.
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 9, 24);
    writer.write_all(content)?;
    drop(writer);
    fs::write(to, compressed)?;
    Ok(())
}
