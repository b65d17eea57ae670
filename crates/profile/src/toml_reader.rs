//! toml_reader
