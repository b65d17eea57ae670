//! Every kind of letter in every language, looked at as a reader's program would.

mod letters;
mod samples;
