//! What several tests share; `fuzz` includes it too.

pub mod body_mutation;
pub mod case_generator;
pub mod checks;
pub mod choices;
pub mod code_pages;
pub mod consistency;
pub mod filter_generator;
pub mod filter_oracle;
pub mod json;
pub mod json_tree;
pub mod migration;
pub mod oracle;
pub mod oracle_check;
pub mod payload_generator;
pub mod raw_json;
pub mod replay;
pub mod reported;
pub mod text_mutation;
pub mod timestamp;
