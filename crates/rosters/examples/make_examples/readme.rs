//! The README beside the example rosters, made from the same plan as they are.

use super::files::{Example, ROWS, Refused};
use base::Language;

const HEAD: &str = "\
# Example rosters

Rosters as employers' personnel offices export them. **Everybody in them is invented**, and so are their employers, which
is why each row's employer is marked *(虛構)*, *(虚构)* or *(synthetic)*. Document numbers pass their check digits but are
plainly made up: Hong Kong identity cards have the prefix `U` or `UZ`, which no published list of issued prefixes has;
resident identity cards have the region 440399, a district that Shenzhen does not have; permits and passports count up
from zero; addresses end in `.example`. Telephone numbers only have the right shape: neither bank sets a range aside for
examples, so do not ring or text them.

The files are made by `cargo run -p rosters --example make_examples` and a test makes sure that they are what it makes.
Do not edit them by hand, nor let an editor save them in another encoding. `hetao roster check FILE` tells what it finds.

";

pub fn readme(examples: &[Example], refused: &[Refused]) -> String {
    let mut text = HEAD.to_owned();
    text.push_str(&format!(
        "## Rosters with faulty rows\n\nEach has {ROWS} rows, of which 17 are faulty, each in another way.\n"
    ));
    for example in examples {
        let encoding = example.encoding.name();
        text.push_str(&format!(
            "\n### {}\n{} ({encoding}).\n\n| line | code | what is wrong |\n|---:|---|---|\n",
            example.name, example.about
        ));
        for (line, code) in example.plan() {
            text.push_str(&format!("| {line} | `{code}` | {} |\n", code.message(Language::En).what));
        }
    }
    text.push_str(
        "\n## Files that are refused whole (`refused/`)\n\n| file | what it is | code | line |\n|---|---|---|---:|\n",
    );
    for file in refused {
        let line = file.line.map(|line| line.to_string()).unwrap_or_default();
        text.push_str(&format!("| `{}` | {} | `{}` | {line} |\n", file.name, file.about, file.code));
    }
    text
}
