//! The grammar of a filter. `AND` binds before `OR`.
//!
//! Groups are on a stack of our own: no text is too deep for the stack of the program.

use super::lexer::{Expected, Token, TokenKind, token};
use super::{Expression, FieldComparison, FilterError, FilterField, NESTING, Operator, Pattern, mistakes};
use core::mem;

/// Parses a filter.
///
/// # Errors
/// The first thing in `text` that no filter may hold, with its place.
pub(crate) fn parse(text: &str) -> Result<Expression, FilterError> {
    if text.trim().is_empty() {
        let help = "write a condition such as `source = \"test\"`, or remove the filter";
        return Err(FilterError::new(0..text.len(), "the filter is empty", help));
    }
    Parser { text, at: 0 }.expression()
}

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    /// Where the next token is looked for.
    pub(super) at: usize,
}

/// Parentheses that are open, and what has been read inside them.
struct OpenGroup {
    /// None for the whole filter.
    open: Option<Token>,
    /// Complete operands of `OR`.
    alternatives: Vec<Expression>,
    /// Operands of the `AND` that is being read.
    factors: Vec<Expression>,
}

impl OpenGroup {
    const fn new(open: Option<Token>) -> Self {
        Self { open, alternatives: Vec::new(), factors: Vec::new() }
    }

    fn end_alternative(&mut self) {
        let factors = mem::take(&mut self.factors);
        self.alternatives.extend(joined(factors, Expression::And));
    }

    fn expression(mut self) -> Option<Expression> {
        self.end_alternative();
        joined(self.alternatives, Expression::Or)
    }
}

/// A single part is not wrapped.
fn joined(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    if parts.len() > 1 { Some(join(parts)) } else { parts.pop() }
}

impl Parser<'_> {
    fn expression(mut self) -> Result<Expression, FilterError> {
        let mut groups: Vec<OpenGroup> = Vec::new();
        let mut group = OpenGroup::new(None);
        let mut before: Option<Token> = None;
        loop {
            // A condition is expected.
            let next = self.next(Expected::Other)?;
            if next.kind == TokenKind::Open {
                if groups.len() == NESTING {
                    let message = format!("parentheses are nested more than {NESTING} deep");
                    return Err(FilterError::new(next.span, message, "remove parentheses that are not needed"));
                }
                groups.push(mem::replace(&mut group, OpenGroup::new(Some(next.clone()))));
                before = Some(next);
                continue;
            }
            group.factors.push(Expression::Comparison(self.comparison(&next, before.as_ref())?));
            // What joins it with the next one.
            let joint = loop {
                let joint = self.next(Expected::Other)?;
                match (joint.kind, &group.open) {
                    (TokenKind::And | TokenKind::Or, _) => break joint,
                    (TokenKind::End, None) => {
                        return group.expression().ok_or_else(|| mistakes::no_condition(&joint, None));
                    }
                    (TokenKind::Close, Some(_)) => {
                        let outer = groups.pop().unwrap_or_else(|| OpenGroup::new(None));
                        let inner = mem::replace(&mut group, outer).expression();
                        group.factors.extend(inner);
                    }
                    (_, open) => return Err(mistakes::no_joint(&self, &joint, open.as_ref(), group.factors.last())),
                }
            };
            if joint.kind == TokenKind::Or {
                group.end_alternative();
            }
            before = Some(joint);
        }
    }

    pub(super) fn next(&mut self, expected: Expected) -> Result<Token, FilterError> {
        let token = token(self.text, self.at, expected)?;
        self.at = token.span.end;
        Ok(token)
    }

    fn comparison(&mut self, first: &Token, before: Option<&Token>) -> Result<FieldComparison, FilterError> {
        if !matches!(first.kind, TokenKind::Word | TokenKind::Quoted) {
            return Err(mistakes::no_field(self, first, before));
        }
        let field = FilterField { text: first.content(self.text).to_owned(), span: first.span.clone() };
        let (operator, sign) = self.operator(first)?;
        let values = match operator {
            Operator::In | Operator::NotIn => self.list(&sign)?,
            Operator::Equal | Operator::Identical | Operator::NotEqual => vec![self.value(&sign)?],
        };
        Ok(FieldComparison { span: first.span.start..self.at, field, operator, values })
    }

    /// The operator, and the place of it.
    fn operator(&mut self, field: &Token) -> Result<(Operator, Token), FilterError> {
        let mut sign = self.next(Expected::Other)?;
        let operator = match (sign.kind, sign.content(self.text)) {
            (TokenKind::Symbol, "=") => Operator::Equal,
            (TokenKind::Symbol, "===") => Operator::Identical,
            (TokenKind::Symbol, "!=") => Operator::NotEqual,
            (TokenKind::In, _) => Operator::In,
            (TokenKind::Not, _) => {
                let next = token(self.text, self.at, Expected::Other)?;
                if next.kind != TokenKind::In {
                    return Err(mistakes::not_without_in(self, &sign, &next));
                }
                self.at = next.span.end;
                sign.span.end = next.span.end;
                Operator::NotIn
            }
            _ => return Err(mistakes::no_operator(self, field, &sign)),
        };
        Ok((operator, sign))
    }

    fn value(&mut self, sign: &Token) -> Result<Pattern, FilterError> {
        let value = self.next(Expected::Value)?;
        self.pattern(&value).ok_or_else(|| mistakes::no_value(self, sign, &value))
    }

    pub(super) fn pattern(&self, value: &Token) -> Option<Pattern> {
        let content = value.content(self.text);
        match value.kind {
            TokenKind::Word | TokenKind::Quoted => Some(Pattern::text(content, value.span.clone())),
            TokenKind::Regex => Some(Pattern::regex(content, value.span.clone())),
            _ => None,
        }
    }

    fn list(&mut self, sign: &Token) -> Result<Vec<Pattern>, FilterError> {
        let open = self.next(Expected::Value)?;
        if open.kind != TokenKind::ListOpen {
            return Err(mistakes::no_list(self, sign, &open));
        }
        let mut values = Vec::new();
        let mut comma: Option<Token> = None;
        loop {
            let value = self.next(Expected::Value)?;
            let Some(pattern) = self.pattern(&value) else {
                return Err(mistakes::no_item(self, &open, comma.as_ref(), &value));
            };
            values.push(pattern);
            let next = self.next(Expected::Other)?;
            match next.kind {
                TokenKind::ListClose => return Ok(values),
                TokenKind::Comma => comma = Some(next),
                _ => return Err(mistakes::no_comma(self, &open, &value, &next)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// An expression with every parenthesis, values between angle brackets.
    fn shape(expression: &Expression) -> String {
        let joined = |parts: &[Expression], by| format!("({})", parts.iter().map(shape).collect::<Vec<_>>().join(by));
        match expression {
            Expression::And(parts) => joined(parts, " & "),
            Expression::Or(parts) => joined(parts, " | "),
            Expression::Comparison(FieldComparison { field, operator, values, .. }) => {
                let values = values.iter().map(|value| {
                    let text = value.as_str();
                    if value.is_regex() { format!("/{text}/") } else { format!("<{text}>") }
                });
                format!("{} {} {}", field.text, operator.as_str(), values.collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn filters() {
        let cases = [
            ("@alert.search_name = \"OSS -- MINT Core -- *\"", "@alert.search_name = <OSS -- MINT Core -- *>"),
            ("host=srv-ny-1", "host = <srv-ny-1>"),
            ("host-name != 'a \"b\"'", "host-name != <a \"b\">"),
            ("'Activity Log' === x", "Activity Log === <x>"),
            ("host = /prod-api-.*/", "host = /prod-api-.*/"),
            ("host != /[a-zA-Z0-9]+/", "host != /[a-zA-Z0-9]+/"),
            ("host = \"/prod/\"", "host = </prod/>"),
            ("host IN [prod-api-1,prod-api-2]", "host IN <prod-api-1> <prod-api-2>"),
            ("host not In ['a,b' , /[,]/]", "host NOT IN <a,b> /[,]/"),
            ("path = \"C:\\temp\\\"", "path = <C:\\temp\\>"),
            ("url=http://x/y:80?z AND \"and\"=1", "(url = <http://x/y:80?z> & and = <1>)"),
            ("a=1 and b=2 or c=3 AND d=4", "((a = <1> & b = <2>) | (c = <3> & d = <4>))"),
            ("a=1 OR b=2 AND c=3 OR d=4", "(a = <1> | (b = <2> & c = <3>) | d = <4>)"),
            (
                "host=srv-1 AND (check=chk-1 OR (check=chk-2 AND status=critical))",
                "(host = <srv-1> & (check = <chk-1> | (check = <chk-2> & status = <critical>)))",
            ),
            ("((a=1))AND(b=2)", "(a = <1> & b = <2>)"),
            ("(a=1 AND b=2) AND c=3", "((a = <1> & b = <2>) & c = <3>)"),
            ("\n a\u{a0}=\t1 ", "a = <1>"),
            ("a = ''", "a = <>"),
            ("ort = or-1 AND innen IN [not-1]", "(ort = <or-1> & innen IN <not-1>)"),
            ("a = it’s", "a = <it’s>"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(|expression| shape(&expression)).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "(é = 'ü') AND 'b c' NOT IN [d, /e/]";
        let expression = parse(text).unwrap();
        let places: Vec<Vec<&str>> = expression
            .comparisons()
            .map(|comparison| {
                let values = comparison.values.iter().map(|value| &value.span);
                [&comparison.span, &comparison.field.span]
                    .into_iter()
                    .chain(values)
                    .map(|span| text.get(span.clone()).unwrap())
            })
            .map(Iterator::collect)
            .collect();
        assert_eq!(places, [vec!["é = 'ü'", "é", "'ü'"], vec!["'b c' NOT IN [d, /e/]", "'b c'", "d", "/e/"]]);
    }

    #[test]
    fn nesting_is_limited() {
        let nested = |depth: usize| format!("{}a=1{}", "(".repeat(depth), ")".repeat(depth));
        assert!(parse(&nested(NESTING)).is_ok());
        for depth in [NESTING + 1, 1_000, 100_000] {
            let error = parse(&nested(depth)).unwrap_err();
            assert_eq!(error.span, NESTING..NESTING + 1);
        }
        // The deepest tree: an operand of each kind at each depth.
        let deep = format!("{}a=1{}", "b=1 OR c=1 AND (".repeat(NESTING), ")".repeat(NESTING));
        let expression = parse(&deep).unwrap();
        assert_eq!(expression.evaluate(&mut |comparison| Some(comparison.field.text != "b")), Some(true));
        assert_eq!(expression.comparisons().count(), 2 * NESTING + 1);
    }

    #[test]
    fn long_filters_take_linear_time() {
        const LENGTH: usize = 100_000;
        let start = Instant::now();
        let repeated = [
            "a = 1 AND ",
            "a b c ",
            "a = b c ",
            "a = [",
            "a IN [b, ",
            "a IN b, ",
            "a IN (b, ",
            "a = /(",
            "a =",
            "(a = 1 OR ",
            "NOT ",
            "! ",
            "a = b & ",
            "a = “",
            "“a ",
            "'",
            "& ",
            "a not ",
            "a like 'b%' ",
            "a = 1) ",
            ", ",
        ];
        for part in repeated {
            let error = parse(&part.repeat(LENGTH / part.len())).unwrap_err();
            assert!(error.message.len() + error.help.len() < 1_000, "{part}");
        }
        for long in ["a = 1 AND ", "a = 1 OR "] {
            assert!(parse(&format!("{}b = 2", long.repeat(LENGTH / long.len()))).is_ok());
        }
        assert!(parse(&format!("a IN [{}b]", "b, ".repeat(LENGTH / 3))).is_ok());
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}
