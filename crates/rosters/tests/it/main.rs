//! Tests of whole files, through the crate's door only.

// Clippy's leave for tests reaches only functions marked as tests; what helps them is just as much of a test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod bounds;
mod examples;
mod mending;

use base::Date;

/// On which all tests take place.
const TODAY: Date = Date::constant(2026, 11, 22);

const HEADER: &str = "Staff no,Full name,ID type,ID number,Valid until,Date of birth,Nationality,E-mail,Mobile,Park";
const GOOD: &str =
    "A1,\"Chan, Tai Man\",passport,ZZ0000001,2030-01-31,1990-05-20,Chinese,a1@x.example,50000001,Shenzhen";
