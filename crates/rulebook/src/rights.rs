//! The table of rights.
use crate::Rulebook;
pub fn rights_table(_rulebook: &Rulebook) -> String {
    String::new()
}
