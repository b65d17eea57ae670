//! Makes the assets that pages link to: fetches the npm packages once per lock file, takes what is not ours to show
//! out of them, and writes every file under a name that carries its content's hash, with Brotli and gzip beside it.
//! It must not know any page.

#[path = "../../web/install.rs"]
mod install;

use install::{Fallible, hash, install_packages};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Font stack that every rule of the kit gets instead of its own licensed typeface.
const FONT_STACK: &str = "var(--font)";

struct Made {
    /// The name that templates use, `hetao.css`.
    name: String,
    /// The name that is served, `hetao.0123456789.css`.
    served: String,
    content: Vec<u8>,
}

fn main() -> Fallible<()> {
    let crate_folder = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let web = crate_folder.join("../../web");
    for watched in ["install.rs", "package.json", "package-lock.json", "styles", "scripts", "images"] {
        println!("cargo::rerun-if-changed={}", web.join(watched).display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    install_packages(&web)?;
    let kit = web.join("node_modules/govuk-frontend/dist/govuk");

    let mut made = vec![
        finish("hetao.css", stylesheet(&kit, &web)?.into_bytes()),
        finish("govuk-frontend.js", fs::read(kit.join("govuk-frontend.min.js"))?),
    ];
    for image in files(&web.join("images"))? {
        made.push(finish(&file_name(&image), fs::read(&image)?));
    }
    add_scripts(&web, &mut made)?;
    write_out(&made, Path::new(&std::env::var("OUT_DIR")?))
}

/// The kit's style sheet followed by ours in the order of their names: one request for all.
fn stylesheet(kit: &Path, web: &Path) -> Fallible<String> {
    let mut text = without_brand(&fs::read_to_string(kit.join("govuk-frontend.min.css"))?)?;
    for style in files(&web.join("styles"))? {
        text.push('\n');
        text.push_str(&without_comments(&fs::read_to_string(style)?));
    }
    Ok(text)
}

/// The kit's licence covers its code, not the GDS Transport typeface, the crest or the crown.
fn without_brand(css: &str) -> Fallible<String> {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("@font-face{") {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let end = from.find('}').ok_or("an @font-face rule of the kit does not end")?;
        rest = from.get(end + 1..).unwrap_or_default();
    }
    text.push_str(rest);
    let text = text
        .replace("GDS Transport,arial,sans-serif", FONT_STACK)
        .replace("font-family:sans-serif", &format!("font-family:{FONT_STACK}"))
        .replace("url(/assets/images/govuk-crest.svg)", "none")
        .replace("/*# sourceMappingURL=govuk-frontend.min.css.map */", "");
    for left in ["GDS Transport", "@font-face", "crest", "url("] {
        if text.contains(left) {
            return Err(format!("the kit's style sheet still has {left:?}: teach build.rs to take it out").into());
        }
    }
    Ok(text)
}

fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Scripts are modules that may import one another as `"./name.js"`; the served name stands for it. A script is
/// therefore finished after all that it imports.
fn add_scripts(web: &Path, made: &mut Vec<Made>) -> Fallible<()> {
    let mut waiting = Vec::new();
    for script in files(&web.join("scripts"))? {
        waiting.push((file_name(&script), fs::read_to_string(&script)?));
    }
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|(name, _)| format!("\"./{name}\"")).collect();
        let ready = waiting.iter().position(|(_, text)| !names.iter().any(|name| text.contains(name.as_str())));
        let (name, mut text) = waiting.remove(ready.ok_or("scripts import one another in a circle")?);
        for other in made.iter() {
            text = text.replace(&format!("\"./{}\"", other.name), &format!("\"./{}\"", other.served));
        }
        made.push(finish(&name, text.into_bytes()));
    }
    Ok(())
}

fn finish(name: &str, content: Vec<u8>) -> Made {
    let digest = hash(&content);
    let short = digest.get(..10).unwrap_or(&digest);
    let served = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{short}.{extension}"),
        None => format!("{name}.{short}"),
    };
    Made { name: name.to_owned(), served, content }
}

/// Writes the files and the table that `src/assets.rs` includes.
fn write_out(made: &[Made], out: &Path) -> Fallible<()> {
    let folder = out.join("assets");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut table = String::from("[\n");
    for asset in made {
        let path = folder.join(&asset.served);
        fs::write(&path, &asset.content)?;
        fs::write(path.with_added_extension("br"), brotli_of(&asset.content)?)?;
        fs::write(path.with_added_extension("gz"), gzip_of(&asset.content)?)?;
        let (name, served, kind) = (&asset.name, &asset.served, content_type(&asset.name)?);
        let content = format!("concat!(env!(\"OUT_DIR\"), \"/assets/{served}");
        writeln!(
            table,
            "Asset {{ name: {name:?}, href: \"/assets/{served}\", content_type: {kind:?}, \
             bytes: include_bytes!({content}\")), brotli: include_bytes!({content}.br\")), \
             gzip: include_bytes!({content}.gz\")) }},"
        )?;
    }
    table.push(']');
    fs::write(out.join("assets.rs"), table)?;
    Ok(())
}

fn content_type(name: &str) -> Fallible<&'static str> {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => Ok("text/css; charset=utf-8"),
        Some("js") => Ok("text/javascript; charset=utf-8"),
        Some("svg") => Ok("image/svg+xml"),
        Some("png") => Ok("image/png"),
        _ => Err(format!("web/: no content type is known for {name}").into()),
    }
}

fn brotli_of(content: &[u8]) -> Fallible<Vec<u8>> {
    let mut compressed = Vec::new();
    // Quality 11 with a window of 4 MiB: made once, sent often.
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
    writer.write_all(content)?;
    drop(writer);
    Ok(compressed)
}

fn gzip_of(content: &[u8]) -> Fallible<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

/// The plain files of a folder in the order of their names; none where there is no folder.
fn files(folder: &Path) -> Fallible<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && !file_name(&path).starts_with('.') {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
