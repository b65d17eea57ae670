//! The two banks of the river. The zone folder says what each is called; code only knows that there are two.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An authority's side: in the zone of the Loop, `North` is Shenzhen and `South` is Hong Kong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bank {
    North,
    South,
}

impl Bank {
    pub const BOTH: [Bank; 2] = [Bank::North, Bank::South];

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Bank::North => Bank::South,
            Bank::South => Bank::North,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Bank::North => "north",
            Bank::South => "south",
        }
    }
}

impl fmt::Display for Bank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The way a passage goes, named by where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Northbound,
    Southbound,
}

impl Direction {
    pub const BOTH: [Direction; 2] = [Direction::Northbound, Direction::Southbound];

    pub fn from(self) -> Bank {
        self.to().other()
    }

    pub fn to(self) -> Bank {
        match self {
            Direction::Northbound => Bank::North,
            Direction::Southbound => Bank::South,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Northbound => "northbound",
            Direction::Southbound => "southbound",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
