//! What holds for all filters, and for all texts.

use super::{Expression, FieldComparison, FilterError, Operator, parse};
use proptest::prelude::*;

/// A filter without places.
#[derive(Clone, Debug, PartialEq)]
enum Model {
    And(Vec<Model>),
    Or(Vec<Model>),
    Comparison(String, Operator, Vec<ModelValue>),
}

#[derive(Clone, Debug, PartialEq)]
enum ModelValue {
    Text(String),
    Regex(String),
}

fn model(expression: &Expression) -> Model {
    match expression {
        Expression::And(parts) => Model::And(parts.iter().map(model).collect()),
        Expression::Or(parts) => Model::Or(parts.iter().map(model).collect()),
        Expression::Comparison(FieldComparison { field, operator, values, .. }) => {
            let values = values.iter().map(|value| {
                let text = value.as_str().to_owned();
                if value.is_regex() { ModelValue::Regex(text) } else { ModelValue::Text(text) }
            });
            Model::Comparison(field.text.clone(), *operator, values.collect())
        }
    }
}

fn value() -> impl Strategy<Value = ModelValue> {
    prop_oneof![
        4 => "[a-z0-9*. \"é&=()\\[\\],/\\\\-]{0,8}|[a-z*.:-]{1,8}|(?i:and|or|in|not)".prop_map(ModelValue::Text),
        4 => "[a-z0-9* 'é&=()\\[\\],/\\\\-]{0,8}".prop_map(ModelValue::Text),
        1 => r"(a|\.\*|\\/|[\[][/a-z]+[\]]|\(b\|c\)|é){1,4}".prop_map(ModelValue::Regex),
    ]
}

fn comparison() -> impl Strategy<Value = Model> {
    let field = "(@alert\\.)?[a-z_]{1,6}(\\.[a-z-]{1,4})?|[a-z é.'-]{1,8}|(?i:and|or|in|not|like|is)";
    let one = prop_oneof![Just(Operator::Equal), Just(Operator::Identical), Just(Operator::NotEqual)];
    let several = prop_oneof![Just(Operator::In), Just(Operator::NotIn)];
    let compared =
        prop_oneof![(one, prop::collection::vec(value(), 1..2)), (several, prop::collection::vec(value(), 1..4))];
    (field, compared).prop_map(|(field, (operator, values))| Model::Comparison(field, operator, values))
}

fn filter() -> impl Strategy<Value = Model> {
    comparison().prop_recursive(5, 40, 4, |inner| {
        let parts = prop::collection::vec(inner, 2..4);
        prop_oneof![parts.clone().prop_map(Model::And), parts.prop_map(Model::Or)]
    })
}

/// Decisions about what means the same: blanks, the case of keywords, quotes, parentheses.
struct Style<'s>(std::iter::Cycle<std::slice::Iter<'s, bool>>);

impl Style<'_> {
    fn choose<'c>(&mut self, one: &'c str, other: &'c str) -> &'c str {
        if self.0.next() == Some(&true) { one } else { other }
    }

    fn text(&mut self, text: &str) -> String {
        let bare = text.chars().all(|c| c.is_alphanumeric() || "@._-*:".contains(c));
        let keyword = ["and", "or", "in", "not"].contains(&&*text.to_lowercase());
        let quote = if text.contains('"') { "'" } else { self.choose("\"", "'") };
        let quote = if text.contains('\'') { "\"" } else { quote };
        let quote = if bare && !keyword && !text.is_empty() { self.choose("", quote) } else { quote };
        [quote, text, quote].concat()
    }

    fn value(&mut self, value: &ModelValue) -> String {
        match value {
            ModelValue::Text(text) => self.text(text),
            ModelValue::Regex(text) => format!("/{text}/"),
        }
    }

    /// `binding` is what binds the operands outside: 0 nothing, 1 `OR`, 2 `AND`.
    fn print(&mut self, model: &Model, binding: u8) -> String {
        let (parts, by, own) = match model {
            Model::And(parts) => (parts, self.choose(" AND ", "\nand "), 2),
            Model::Or(parts) => (parts, self.choose(" OR ", "\tOr "), 1),
            Model::Comparison(field, operator, values) => {
                let field = self.text(field);
                let values: Vec<String> = values.iter().map(|value| self.value(value)).collect();
                let blank = self.choose(" ", "  ");
                return match operator {
                    Operator::In => {
                        format!("{field} {}[{}]", self.choose("IN", "in "), values.join(self.choose(",", " , ")))
                    }
                    Operator::NotIn => {
                        format!("{field} {}{blank}[{}]", self.choose("NOT IN", "not  In"), values.join(", "))
                    }
                    _ => {
                        [&*field, self.choose("", blank), operator.as_str(), self.choose("", blank), &*values.concat()]
                            .concat()
                    }
                };
            }
        };
        let text = parts.iter().map(|part| self.print(part, own)).collect::<Vec<_>>().join(by);
        let (open, close) = if own <= binding { ("(", ")") } else { self.choose("(-)", "-").split_once('-').unwrap() };
        [open, &text, close].concat()
    }
}

/// Tokens, and what is mistaken for one.
const PIECES: [&str; 48] = [
    "a",
    "b",
    "@alert.x",
    "host-name",
    "\"c d\"",
    "'e'",
    "\"",
    "'",
    "“",
    "”",
    "’",
    "=",
    "!=",
    "===",
    "==",
    "<>",
    "!",
    "~",
    "=~",
    "&&",
    "&",
    "||",
    "(",
    ")",
    "[",
    "]",
    ",",
    " ",
    " ",
    " ",
    "\n",
    "AND",
    "or",
    "IN",
    "not",
    "like",
    "contains",
    "is",
    "/x/",
    "/",
    "*",
    "\\",
    "+",
    "é",
    "😀",
    "\u{a0}",
    "adn",
    "%",
];

fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES.as_slice());
    prop_oneof![
        3 => prop::collection::vec(pieces.clone(), 0..14).prop_map(|pieces| pieces.concat()),
        3 => prop::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.join(" ")),
        1 => any::<String>(),
    ]
}

/// The text with what is probably meant.
fn replaced(text: &str, error: &FilterError) -> Option<String> {
    let replacement = error.replacement.as_deref()?;
    Some([text.get(..error.span.start)?, replacement, text.get(error.span.end..)?].concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(expression) => {
            let mut end = 0;
            for comparison in expression.comparisons() {
                prop_assert!(end <= comparison.span.start);
                let places = comparison.values.iter().map(|value| &value.span);
                for place in [&comparison.span, &comparison.field.span].into_iter().chain(places) {
                    prop_assert!(comparison.span.start <= place.start && place.end <= comparison.span.end);
                    prop_assert!(text.get(place.clone()).is_some_and(|part| !part.is_empty()), "{:?}", place);
                }
                end = comparison.span.end;
            }
        }
        Err(error) => {
            prop_assert!(text.get(error.span.clone()).is_some(), "{:?}", error);
            prop_assert!(!error.message.is_empty() && !error.help.is_empty());
        }
    }
    Ok(())
}

/// Following what is probably meant ends, and no text comes twice.
fn check_replacements(text: &str) -> Result<(), TestCaseError> {
    let mut seen = vec![text.to_owned()];
    while let Err(error) = parse(seen.last().unwrap()) {
        check(seen.last().unwrap())?;
        let Some(next) = replaced(seen.last().unwrap(), &error) else { break };
        prop_assert!(!seen.contains(&next), "{:?} comes again: {:?}", next, seen);
        prop_assert!(seen.len() <= text.len() + 1, "{:?}", seen);
        // Of `]]`, each is removed in its turn.
        let is_shorter = next.len() < seen.last().unwrap().len();
        let same = parse(&next).err().is_some_and(|now| now.message == error.message && now.span == error.span);
        prop_assert!(is_shorter || !same, "{:?} changes nothing: {}", next, error.message);
        seen.push(next);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_printed_is_parsed(filter in filter(), style in prop::collection::vec(any::<bool>(), 1..40)) {
        let text = Style(style.iter().cycle()).print(&filter, 0);
        let parsed = parse(&text).map(|expression| model(&expression));
        prop_assert_eq!(parsed.as_ref(), Ok(&filter), "{}", text);
        check(&text)?;
    }

    #[test]
    fn any_text_is_read_or_refused(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn replacements_make_progress(text in soup()) {
        check_replacements(&text)?;
    }

    #[test]
    fn a_damaged_filter_is_read_or_refused(
        filter in filter(), cut in any::<prop::sample::Index>(), piece in prop::sample::select(PIECES.as_slice())
    ) {
        let mut chars: Vec<char> = Style([true].iter().cycle()).print(&filter, 0).chars().collect();
        let at = cut.index(chars.len());
        chars.splice(at..=at, piece.chars());
        check_replacements(&chars.into_iter().collect::<String>())?;
    }
}
