//! hetao
fn main() {}
