//! Files as people and as attackers send them, and scanners that say yes, no, and nothing.

mod files;
mod scanners;
