//! Given passes, when they are presented well and ill.
