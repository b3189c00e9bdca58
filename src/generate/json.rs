//! The request body itself.

use super::{Target, quote};

pub(super) const TARGET: Target = Target {
    id: "json",
    label: "JSON (the request body)",
    language: "json",
    file_name: "oim-config.json",
    retrieves: false,
    template: "§j§",
    quote: quote::plain,
};
