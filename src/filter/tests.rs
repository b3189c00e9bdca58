//! What filters mean, and what is reported about texts that are none.

use super::*;

fn holds(text: &str, values: &[&str]) -> Option<bool> {
    let Ok(Expression::Comparison(comparison)) = parse(text) else { panic!("{text}") };
    comparison.holds(values.iter().copied())
}

#[test]
fn comparisons_hold_or_not() {
    let (yes, no) = (Some(true), Some(false));
    let missing: &[&str] = &[];
    // A comparison, and whether it holds for `a`, for `b`, for a list with both, and for a missing field.
    let cases = [
        ("f = a", yes, no, yes, no),
        ("f === a", yes, no, yes, no),
        ("f != a", no, yes, no, yes),
        ("f IN [a, c]", yes, no, yes, no),
        ("f NOT IN [a, c]", no, yes, no, yes),
        ("f = *", yes, yes, yes, no),
        ("f === *", yes, yes, yes, no),
        ("f != *", no, no, no, yes),
        ("f = A", no, no, no, no),
        ("f = ''", no, no, no, no),
        ("f = /a/", None, None, None, no),
        ("f != /a/", None, None, None, yes),
        ("f IN [/x/, a]", yes, None, yes, no),
        ("f NOT IN [/x/, a]", no, None, no, yes),
    ];
    for (text, a, b, both, none) in cases {
        let found = [&["a"][..], &["b"], &["b", "a"], missing].map(|values| holds(text, values));
        assert_eq!(found, [a, b, both, none], "{text}");
    }
}

#[test]
fn unknown_is_told_only_if_it_matters() {
    let cases = [
        ("t = 1 AND t = 1", Some(true)),
        ("t = 1 AND f = 1", Some(false)),
        ("f = 1 OR t = 1", Some(true)),
        ("f = 1 OR f = 1", Some(false)),
        ("u = 1 AND f = 1", Some(false)),
        ("u = 1 AND t = 1", None),
        ("u = 1 OR t = 1", Some(true)),
        ("u = 1 OR f = 1", None),
        ("t = 1 OR t = 1 AND f = 1", Some(true)),
        ("(t = 1 OR t = 1) AND f = 1", Some(false)),
        ("f = 1 AND f = 1 OR t = 1", Some(true)),
        ("f = 1 AND (f = 1 OR t = 1)", Some(false)),
        ("u = 1", None),
    ];
    for (text, expected) in cases {
        let answer = parse(text).unwrap().evaluate(&mut |comparison| match &*comparison.field.text {
            "t" => Some(true),
            "f" => Some(false),
            _ => None,
        });
        assert_eq!(answer, expected, "{text}");
    }
}

#[test]
fn comparisons_come_in_the_order_of_the_text() {
    let text = "a = 1 OR (b IN [2, 3] AND (c != 4 OR d = 5)) AND e === 6";
    let expression = parse(text).unwrap();
    let written: Vec<&str> =
        expression.comparisons().map(|comparison| text.get(comparison.span.clone()).unwrap()).collect();
    assert_eq!(written, ["a = 1", "b IN [2, 3]", "c != 4", "d = 5", "e === 6"]);
}

#[test]
fn mistakes() {
    // A text with its faulty part between « and », a part of the message, and what is to be written for the part.
    let cases = [
        ("«»", "the filter is empty", None),
        ("« \n»", "the filter is empty", None),
        // Operators of other languages.
        ("a «==» b", "`==` is not an operator of BPQL", Some("=")),
        ("a«==»b", "`==`", Some(" = ")),
        ("a «<>» b", "`<>`", Some("!=")),
        ("a «!==» b", "`!==`", Some("!=")),
        ("a «LIKE 'x%'»", "`LIKE`", Some("= \"x*\"")),
        ("a «not like '%x'»", "`IN` is expected behind `not`, not `like`", Some("!= \"*x\"")),
        ("a «=~ \"x/y\"»", "`=~`", Some(r"= /x\/y/")),
        ("a «=~» /x/", "`=~`", Some("=")),
        ("a«!~'x'»", "`!~`", Some(" != /x/")),
        ("a «~ x»", "`~`", Some("= \"*x*\"")),
        ("a «contains \"x\"»", "`contains`", Some("= \"*x*\"")),
        ("a «contains '\"'»", "`contains`", Some("= '*\"*'")),
        ("a «is» b", "`is`", Some("=")),
        ("a «is not» b", "`is`", Some("!=")),
        ("a «is not» in [b]", "`is`", Some("NOT")),
        ("a «not =» b", "`IN` is expected behind `not`, not `=`", Some("!=")),
        ("a «not» [b]", "`IN` is expected", Some("NOT IN")),
        ("a «not b»", "`IN` is expected behind `not`, not `b`", None),
        ("a «inn» [b]", "an operator is expected behind the field `a`", Some("IN")),
        ("a «>=» 5", "`>=` is not an operator of BPQL", None),
        ("a «&» b", "an operator is expected behind the field `a`, not `&`", None),
        // Negation.
        ("«NOT a =» b", "BPQL has no `NOT` before a condition", Some("a !=")),
        ("«!a !=» b", "BPQL has no `!`", Some("a =")),
        ("«not 'a' in» [b]", "BPQL has no `not`", Some("'a' NOT IN")),
        ("a = b AND «NOT» (c = d)", "BPQL has no `NOT`", None),
        ("«NOT» NOT a = b", "BPQL has no `NOT`", None),
        // Joints.
        ("a = b «&&» c = d", "not with `&&`", Some("AND")),
        ("a=b«||»c=d", "not with `||`", Some(" OR ")),
        ("a = b«,» c = d", "not with `,`", Some(" AND")),
        ("a = b «adn» c = d", "not with `adn`", Some("AND")),
        ("a = b «c» = d", "`AND` or `OR` is expected before `c`", None),
        ("a = 'b' «'c'»", "`AND` or `OR` is expected before `'c'`", None),
        ("a = \"b\\\" «c\\»\"\"", "`AND` or `OR` is expected before `c\\`", None),
        ("(a = b) «c»", "`AND` or `OR` is expected before `c`", None),
        ("a = b «(»c = d)", "`AND` or `OR` is expected before `(`", None),
        ("a = b «AND»", "a condition is missing behind `AND`", None),
        ("a = b «AND» OR c = d", "a condition is missing behind `AND`", None),
        ("«AND» a = b", "a condition is missing before `AND`", None),
        ("(a = b «or») AND c = d", "a condition is missing behind `or`", None),
        // Fields.
        ("«host»", "the field `host` is not compared with anything", None),
        ("a = b AND «'c d'»", "the field `'c d'` is not compared with anything", None),
        ("«Activity Log Name» = x", "a field with spaces needs quotes", Some("\"Activity Log Name\"")),
        ("web «server» 1", "an operator is expected behind the field `web`", None),
        ("labels«[»0] = x", "an operator is expected behind the field `labels`", None),
        ("«and» = x", "`and` is a keyword, not a field", Some("\"and\"")),
        ("«=» x", "a condition is expected, not `=`", None),
        // Values.
        ("host = «web server 1» AND a = b", "needs quotes", Some("\"web server 1\"")),
        ("(a = «R&D»)", "needs quotes", Some("\"R&D\"")),
        ("a «=»", "a value is missing behind `=`", None),
        ("(a «!=»)", "a value is missing behind `!=`", None),
        ("a «=» AND b = c", "a value is missing behind `=`", None),
        ("a = «or»", "`or` is a keyword, not a value", Some("\"or\"")),
        ("a «=» [b, c]", "`=` is followed by a list", Some("IN")),
        ("a«!=»[b]", "`!=` is followed by a list", Some(" NOT IN ")),
        ("a = «(»b)", "a value is expected behind `=`, not `(`", None),
        ("a = «\"»b", "the value that begins here has no closing `\"`", None),
        ("a = b AND «'»c = d", "has no closing `'`", None),
        ("a = «“b c”» AND d = e", "typographic", Some("\"b c\"")),
        ("a = «“b’s”»", "typographic", Some("\"b’s\"")),
        ("a = «‘b\"’»", "typographic", Some("'b\"'")),
        ("«”»a = b", "typographic", Some("\"")),
        ("a = /var/«log»", "`AND` or `OR` is expected before `log`", None),
        ("a = «/»var", "has no closing `/`", None),
        ("a = /x«(»y/", "the group of the regular expression that begins here is not closed", None),
        // Lists.
        ("a IN «(b, c)»", "a list in brackets is expected behind `IN`, not `(`", Some("[b, c]")),
        ("a IN «b, 'c d'» AND e = f", "a list in brackets is expected", Some("[b, 'c d']")),
        ("a «NOT IN»", "a list in brackets is expected behind `NOT IN`, not the end of the filter", None),
        ("a IN «[]»", "the list is empty", None),
        ("a IN [b«,»]", "no value follows the comma", Some("")),
        ("a IN [«,»b]", "a value is missing before this comma", Some("")),
        ("a IN [b «c»]", "`,` or `]` is expected behind `b`, not `c`", None),
        ("a IN [«or», b]", "`or` is a keyword, not a value", Some("\"or\"")),
        ("a IN «[»b, c", "the list that begins here is not closed", None),
        ("a IN «[»b AND c = d", "the list that begins here is not closed", None),
        ("a IN «[»b,", "the list that begins here is not closed", None),
        ("a IN [b]«]»", "this `]` closes nothing", Some("")),
        // Groups.
        ("«(»a = b AND (c = d)", "the parenthesis that opens here is not closed", None),
        ("a = b«)» OR c = d", "this `)` closes nothing", Some("")),
        ("«()» AND a = b", "the parentheses hold no condition", None),
        ("«[»a = b]", "a condition is expected, not `[`", Some("(")),
        ("(a = b«]»", "a parenthesis is closed with a bracket", Some(")")),
    ];
    for (marked, message, replacement) in cases {
        let (start, end) = (marked.find('«').unwrap(), marked.find('»').unwrap() - '«'.len_utf8());
        let text = marked.replace(['«', '»'], "");
        let error = parse(&text).err().unwrap_or_else(|| panic!("{text} is a filter"));
        assert_eq!(error.span, start..end, "{text}: {} at {:?}", error.message, text.get(error.span.clone()));
        assert!(error.message.contains(message), "{text}: {}", error.message);
        assert_eq!(error.replacement.as_deref(), replacement, "{text}: {}", error.help);
        assert!(!error.help.is_empty() && error.message != error.help, "{text}");
    }
}
