//! Given a vault, when it is used, abused or erased from.
