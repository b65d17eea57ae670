//! What is printed and where: results on standard output, as text or with `--json` as one JSON object; messages and
//! progress bars on standard error. Knows no command.

use crate::cli::Common;
use crate::ending::Failure;
use base::Language;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Bars are redrawn so many times a second at most.
const REDRAWS: u8 = 10;

pub struct Output {
    pub language: Language,
    json: bool,
}

impl Output {
    pub fn new(common: &Common) -> Self {
        Self { language: common.language.unwrap_or_else(language_of_environment), json: common.json }
    }

    /// Prints the result: `value` under `--json`, else what `text` writes.
    pub fn result(
        &self,
        value: &impl Serialize,
        text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut stdout = io::BufWriter::new(io::stdout().lock());
        let written = if self.json {
            serde_json::to_writer_pretty(&mut stdout, value).map_err(io::Error::from).and_then(|()| writeln!(stdout))
        } else {
            text(&mut stdout)
        };
        match written.and_then(|()| stdout.flush()) {
            // Whoever closed the pipe has read enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::could_not(format!("the result could not be printed: {error}")))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Says why there is no result.
    pub fn fail(&self, failure: &Failure) {
        self.note(&format!("hetao: {failure}"));
        if self.json {
            let value = serde_json::json!({ "ok": false, "error": failure.message });
            // It has been said on standard error already.
            let _ = self.result(&value, |_| Ok(()));
        }
    }

    /// A message for whoever looks on; never part of the result.
    pub fn note(&self, message: &str) {
        // Where even standard error is closed, there is nobody to tell.
        let _ = writeln!(io::stderr(), "{message}");
    }

    /// A bar on a terminal, nothing elsewhere.
    pub fn progress(&self, what: &'static str, length: u64) -> ProgressBar {
        if self.json || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(REDRAWS));
        let template = "{msg:24} {wide_bar} {human_pos}/{human_len} {eta}";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = bar.with_style(style).with_message(what);
        bar.enable_steady_tick(Duration::from_millis(500));
        bar
    }
}

/// The language of `LC_ALL`, `LC_MESSAGES` or `LANG`, whichever is set first; English where it is none of the three.
fn language_of_environment() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    set.into_iter().find(|value| !value.is_empty()).map_or(Language::En, |value| language_of_locale(&value))
}

/// `zh_HK.UTF-8` is a locale; the tag is what stands before the dot.
fn language_of_locale(locale: &str) -> Language {
    let tag = locale.split(['.', '@']).next().unwrap_or_default();
    Language::closest(tag).unwrap_or(Language::En)
}

/// Structured logs on standard error, without any personal field: `RUST_LOG` sets how much of them.
pub fn start_logging(json: bool, server: bool) {
    let usual = if server { "info" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = if json { logs.json().try_init() } else { logs.with_ansi(io::stderr().is_terminal()).try_init() };
    debug_assert!(started.is_ok(), "logging is started once");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_gives_the_language_whose_script_its_readers_use() {
        for (locale, language) in [
            ("zh_HK.UTF-8", Language::ZhHant),
            ("zh_TW", Language::ZhHant),
            ("zh_CN.UTF-8", Language::ZhHans),
            ("en_GB.UTF-8", Language::En),
            ("C.UTF-8", Language::En),
            ("C", Language::En),
            ("de_DE@euro", Language::En),
        ] {
            assert_eq!(language_of_locale(locale), language, "{locale}");
        }
    }
}
