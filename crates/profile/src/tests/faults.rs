//! A folder with faults lists them all, each with its file and line; nothing a folder holds makes the reader panic.

use super::{HETAO, hetao_folder};
use crate::Profile;
use base::Fault;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the zone that a test may break.
pub(super) fn copy() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&hetao_folder(), copy.path());
    copy
}

/// Replaces the first `this` of a file and answers the line it stands on.
pub(super) fn replace(folder: &Path, file: &str, this: &str, by: &str) -> u32 {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    let at = text.find(this).unwrap_or_else(|| panic!("{file} has no {this:?}"));
    fs::write(&path, text.replacen(this, by, 1)).unwrap();
    u32::try_from(text[..at].matches('\n').count() + 1).unwrap()
}

pub(super) fn faults(folder: &Path) -> Vec<Fault> {
    Profile::load(folder).map(|profile| profile.hash).expect_err("the folder has faults")
}

/// Replaces once and expects exactly one fault, on the line of the replacement.
fn check(file: &str, this: &str, by: &str, what: &str) {
    let copy = copy();
    let line = replace(copy.path(), file, this, by);
    let found = faults(copy.path());
    let [fault] = found.as_slice() else { panic!("one fault for {by:?} in {file}, not {found:#?}") };
    assert_eq!((fault.file.as_str(), fault.line), (file, Some(line)), "{fault}");
    assert!(fault.what.contains(what), "{fault}");
    assert!(fault.column.is_some() && !fault.remedy.is_empty(), "{fault}");
}

#[test]
fn a_copy_of_the_zone_is_as_good_as_the_zone() {
    assert_eq!(Profile::load(copy().path()).unwrap().hash, HETAO.hash);
}

#[test]
fn a_folder_with_ten_faults_lists_all_ten_with_file_and_line() {
    let copy = copy();
    let broken = [
        ("zone.toml", "Asia/Hong_Kong", "Asia/Hongkong_", "there is no time zone"),
        ("parks.toml", "hectares = 87", "hectares = -87", "`hectares` is not as it should be"),
        ("bridges.toml", "illustrative = true", "ilustrative = true", "unknown field `ilustrative`"),
        ("gates.toml", "bridge = \"west-bridge\"", "bridge = \"middle-bridge\"", "there is no bridge `middle-bridge`"),
        ("offices.toml", "duty = \"customs\"", "duty = \"baking\"", "`duty` is not as it should be"),
        ("figures.toml", "section = \"3.1.1\"", "section = \"3..1\"", "`section` is not as it should be"),
        ("calendars/hk.toml", "weekend = [6, 7]", "weekend = [6, 8]", "`weekend` is not as it should be"),
        ("services/commuter-pass.toml", "pattern = \"^[A-Z]{3}$\"", "pattern = \"^[A-Z{3}$\"", "does not compile"),
        ("services/visitor-pass.toml", "office = \"hk-immigration\"", "office = \"hk-police\"", "there is no office"),
        ("personas.toml", "zh-Hans = \"陈甲（虚构）\"", "zh-Hans = \"\"", "`zh-Hans` is not as it should be"),
    ];
    let lines: Vec<u32> = broken.iter().map(|(file, this, by, _)| replace(copy.path(), file, this, by)).collect();
    let found = faults(copy.path());
    for ((file, _, by, what), line) in broken.iter().zip(lines) {
        let listed =
            found.iter().any(|fault| fault.file == *file && fault.line == Some(line) && fault.what.contains(what));
        assert!(listed, "{by:?} in {file}:{line} is not in {found:#?}");
    }
    assert_eq!(found.len(), 10, "{found:#?}");
}

#[test]
fn each_kind_of_fault_is_shown_where_it_stands() {
    check("zone.toml", "key = \"hetao\"", "key = \"The Loop\"", "`key` is not as it should be");
    check("zone.toml", "currency = \"HKD\"", "currency = \"dollars\"", "is not a currency");
    check("zone.toml", "calendar = \"hk\"", "calendar = \"macao\"", "there is no calendar `macao`");
    check("gates.toml", "from = \"06:30\"", "from = \"6.30\"", "`from` is not as it should be");
    check("gates.toml", "until = \"22:30\"", "until = \"06:30\"", "not later than");
    check("gates.toml", "weekdays = [1, 2, 3, 4, 5, 6, 7]", "weekdays = [1, 1]", "names something twice");
    check("personas.toml", "key = \"clerk-shenzhen\"", "key = \"clerk-hong-kong\"", "is defined twice");
    check("bridges.toml", "opens = 2026-12-31", "opens = \"2026-12-31\"", "`opens` is not as it should be");
    check("services/commuter-pass.toml", "when_is = \"passport\"", "when_is = \"licence\"", "has no option `licence`");
    check("services/commuter-pass.toml", "kind = \"date\"", "kind = \"day\"", "`kind` is not as it should be");
    check("services/pass-revocation.toml", "\"revoke_permit\"", "\"erase_person\"", "the effect does not fit");
    check("services/commuter-pass.toml", "warn_at_percent = [50, 75]", "warn_at_percent = [75, 50]", "ascending");
    check("map.toml", "points = [[290, 352]]", "points = [[290, 3520]]", "outside the map");
    check("calendars/hk.toml", "weekend = [6, 7]", "weekend = [1, 2, 3, 4, 5, 6, 7]", "no working day is left");
    check("calendars/mainland.toml", "until = 2024-02-17", "until = 2042-02-17", "does not last 1 to 31 days");
    check("calendars/mainland.toml", "date = 2024-02-04", "date = 2024-02-05", "is a working day anyway");
    check(
        "calendars/hk.toml",
        "kept_by = \"hk-steering\"",
        "kept_by = \"hk-almanac\"",
        "there is no office `hk-almanac`",
    );
    check("calendars/hk-companies.toml", "extends = \"hk\"", "extends = \"macao\"", "there is no calendar `macao`");
}

/// These show only when calendars and offices are seen together, where the thing is defined.
#[test]
fn what_calendars_and_offices_say_of_each_other_is_checked() {
    for (file, this, by, what) in [
        ("calendars/hk-companies.toml", "date = 2024-12-24", "date = 2024-12-25", "is not a working day"),
        ("calendars/hk-companies.toml", "extends = \"hk\"", "extends = \"hk-companies\"", "cannot extend itself"),
        ("calendars/hk.toml", "key = \"extreme-conditions\"", "key = \"gale\"", "the closure `gale` is there twice"),
        (
            "offices.toml",
            "calendar = \"hk\"",
            "calendar = \"hk\"\nescalates_to = \"sz-tax\"",
            "escalates to the other bank",
        ),
    ] {
        let copy = copy();
        replace(copy.path(), file, this, by);
        let found = faults(copy.path());
        assert!(found.iter().any(|fault| fault.file == file && fault.what.contains(what)), "{what}: {found:#?}");
    }
}

#[test]
fn a_missing_field_is_shown_at_its_table() {
    let copy = copy();
    let removed = replace(copy.path(), "parks.toml", "hectares = 87\n", "");
    let found = faults(copy.path());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].what, "`hectares` is missing");
    assert!(found[0].line.is_some_and(|line| line < removed && line + 6 > removed), "{}", found[0]);
}

#[test]
fn several_faults_in_one_table_are_all_listed() {
    let copy = copy();
    fs::write(copy.path().join("parks.toml"), "[[park]]\nkey = 7\nbank = \"east\"\nname = \"x\"\nsize = 1\n").unwrap();
    let found: Vec<String> =
        faults(copy.path()).into_iter().filter(|fault| fault.file == "parks.toml").map(|fault| fault.what).collect();
    for what in
        ["`key`", "`bank`", "`name`", "`company` is missing", "`hectares` is missing", "`section` is missing", "`size`"]
    {
        assert!(found.iter().any(|fault| fault.contains(what)), "{what} is not in {found:#?}");
    }
}

#[test]
fn what_only_shows_between_files_is_shown_too() {
    let swapped = copy();
    replace(swapped.path(), "gates.toml", "northbound = \"sz-exit-entry\"", "northbound = \"hk-immigration\"");
    let found = faults(swapped.path());
    assert!(found[0].what.contains("an office of the other bank"), "{found:#?}");

    let unequal = copy();
    replace(unequal.path(), "figures.toml", "value = 520_000", "value = 520_001");
    let found = faults(unequal.path());
    assert!(found[0].what.contains("its parts add up to 1000001, not to 1000000"), "{found:#?}");

    let lost = copy();
    replace(lost.path(), "map.toml", "[[gate]]\nkey = \"west-south\"\npoints = [[290, 352]]\n", "");
    let found = faults(lost.path());
    assert!(found[0].what.contains("the gate `west-south` is not on the map"), "{found:#?}");

    let unasked = copy();
    replace(unasked.path(), "services/visitor-pass.toml", "key = \"requested-day\"", "key = \"some-day\"");
    let found = faults(unasked.path());
    assert!(found[0].what.contains("does not ask for the day"), "{found:#?}");
}

#[test]
fn a_file_that_is_missing_unread_or_not_text_is_a_fault() {
    let copy = copy();
    fs::remove_file(copy.path().join("gates.toml")).unwrap();
    fs::write(copy.path().join("gate.toml"), "").unwrap();
    fs::write(copy.path().join("bridges.toml"), b"# a\n# \xff\n").unwrap();
    let found = faults(copy.path());
    let has = |file: &str, line: Option<u32>, what: &str| {
        found.iter().any(|fault| fault.file == file && fault.line == line && fault.what.contains(what))
    };
    assert!(has("gates.toml", None, "missing"), "{found:#?}");
    assert!(has("gate.toml", None, "nothing reads"), "{found:#?}");
    assert!(has("bridges.toml", Some(2), "UTF-8"), "{found:#?}");
}

#[test]
fn a_folder_that_is_not_there_is_a_fault_and_not_a_crash() {
    let found = faults(Path::new("/nowhere/at/all"));
    assert!(found.iter().any(|fault| fault.what.contains("cannot be read")), "{found:#?}");
}

#[test]
fn a_syntax_error_hides_no_fault_of_another_file() {
    let copy = copy();
    let line = replace(copy.path(), "parks.toml", "hectares = 87", "hectares = = 87");
    let other = replace(copy.path(), "offices.toml", "duty = \"customs\"", "duty = \"baking\"");
    let found = faults(copy.path());
    let at = |file: &str, line: u32| found.iter().any(|fault| fault.file == file && fault.line == Some(line));
    assert!(at("parks.toml", line) && at("offices.toml", other), "{found:#?}");
}

/// Fragments that look like a zone's TOML, so that random texts get past the parser.
const FRAGMENTS: [&str; 18] = [
    "[[park]]\n",
    "[[gate]]\n",
    "[form]\n",
    "[[form.field]]\n",
    "[effect.permit]\n",
    "key = \"a\"\n",
    "key = \"河\"\n",
    "name = { zh-Hant = \"一\", en = \"\" }\n",
    "points = [[1, 2], [3]]\n",
    "hours = { from = \"25:00\" }\n",
    "date = 9999-12-31\n",
    "from = -0001-01-01\n",
    "until = 2024-02-30\n",
    "weekdays = [1, 9, \"x\"]\n",
    "value = 99999999999999999999\n",
    "pattern = '(((('\n",
    "\u{0}\n",
    "= ]] }\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_text_in_any_file_makes_the_reader_panic(
        file in prop::sample::select(vec![
            "zone.toml", "parks.toml", "gates.toml", "map.toml", "figures.toml", "personas.toml",
            "calendars/hk.toml", "services/visitor-pass.toml",
        ]),
        parts in prop::collection::vec(prop::sample::select(FRAGMENTS.to_vec()), 0..12),
        noise in "\\PC{0,40}",
    ) {
        let copy = copy();
        fs::write(copy.path().join(file), format!("{}{noise}", parts.concat())).unwrap();
        let found = faults(copy.path());
        prop_assert!(found.iter().any(|fault| fault.file == file));
    }

    #[test]
    fn no_single_changed_character_makes_the_reader_panic(at in 0_usize..20_000, by in any::<char>()) {
        let copy = copy();
        let path = copy.path().join("services/commuter-pass.toml");
        let mut text: Vec<char> = fs::read_to_string(&path).unwrap().chars().collect();
        let at = at % text.len();
        text[at] = by;
        fs::write(&path, text.into_iter().collect::<String>()).unwrap();
        // Either a fault or a whole zone with another hash: a changed label is still a label.
        if let Ok(profile) = Profile::load(copy.path()) {
            prop_assert_eq!(profile.services.len(), HETAO.services.len());
        }
    }
}
