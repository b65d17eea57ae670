//! What a stranger is told, and what a script may rely on.

use crate::program::hetao;

const COMMANDS: [&[&str]; 17] = [
    &["serve"],
    &["simulate"],
    &["verify"],
    &["zone", "check"],
    &["roster", "check"],
    &["services", "list"],
    &["services", "migrate"],
    &["guidance", "search"],
    &["erase"],
    &["appoint"],
    &["relieve"],
    &["token", "mint"],
    &["token", "list"],
    &["token", "revoke"],
    &["backup"],
    &["restore"],
    &["checkpoint"],
];

#[test]
fn every_command_explains_itself_with_an_example_and_the_common_options() {
    for command in COMMANDS {
        let help = hetao(command.iter().copied().chain(["--help"])).ending_with(0).stdout;
        let name = command.join(" ");
        assert!(help.contains("Example"), "{name} has no example:\n{help}");
        for wanted in ["--zone <DIR>", "--data <DIR>", "--json", "--language <TAG>", &format!("hetao {name}")] {
            assert!(help.contains(wanted), "{name} does not mention {wanted}:\n{help}");
        }
    }
}

#[test]
fn the_exit_codes_are_documented() {
    let help = hetao(["--help"]).ending_with(0).stdout;
    let (_, codes) = help.split_once("Exit codes:").unwrap();
    for code in ["0 ", "1 ", "2 ", "3 ", "70 "] {
        assert!(codes.contains(&format!("\n  {code}")), "exit code {code} is not documented");
    }
}

#[test]
fn what_is_not_understood_ends_with_2_and_says_what_was_meant() {
    for (arguments, said) in [
        (vec!["verfiy"], "verify"),
        (vec!["erase", "somebody"], "P-1042"),
        (vec!["roster", "check"], "<FILE>"),
        (vec!["checkpoint", "--language", "fr"], "zh-Hant"),
        (vec!["serve", "--demo", "--listen", "0.0.0.0:0"], "this machine alone"),
        (vec!["serve", "--listen", "0.0.0.0:0"], "--origin"),
        (vec!["serve", "--listen", "0.0.0.0:0", "--origin", "http://park.example"], "https://"),
        (vec!["serve", "--tls-key", "key.pem"], "--tls-certificate"),
        (vec!["appoint", "hk-immigration"], "--email"),
        (vec!["token", "mint", "somebody"], "gate:west-north"),
        (vec!["token", "revoke", "T-1"], "K-1042"),
        (vec!["serve", "--demo", "--kiosk", "0.0.0.0:0"], "this machine alone"),
        (vec!["serve", "--kiosk", "0.0.0.0:0"], "--tls-certificate"),
    ] {
        let run = hetao(&arguments).ending_with(2);
        assert!(run.stderr.contains(said), "{arguments:?} said: {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}

#[test]
fn a_folder_without_a_log_is_not_made_into_one_by_looking_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for command in [
        ["verify"].as_slice(),
        &["checkpoint"],
        &["erase", "P-1"],
        &["token", "list"],
        &["token", "mint", "gate:west-south"],
        &["relieve", "hk-immigration", "P-1"],
        &["backup", "/nonexistent/backup"],
    ] {
        let run = crate::program::on(&data, command).ending_with(3);
        assert!(run.stderr.contains("is not a data folder"), "{}", run.stderr);
        assert!(!data.exists(), "{command:?} made the folder");
    }
    let run = crate::program::on(&data, &["verify", "--json"]).ending_with(3);
    assert_eq!(run.json()["ok"], false);
}
