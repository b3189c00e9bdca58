//! Hexadecimal digits, as in the escapes of strings.

/// More than four digits can be.
const NONE: u32 = 0x1_0000;

/// The values of all bytes as digits: looking one up takes no branch, and which digits come cannot be foreseen.
static DIGITS: [u32; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 16 {
        #[expect(clippy::indexing_slicing, reason = "done when compiling")]
        {
            values[b"0123456789abcdef"[value] as usize] = value as u32;
            values[b"0123456789ABCDEF"[value] as usize] = value as u32;
        }
        value += 1;
    }
    values
};

fn digit(byte: u8) -> u32 {
    DIGITS.get(usize::from(byte)).copied().unwrap_or(NONE)
}

/// The value of the four digits at `i`.
pub(crate) fn parse_hex4(bytes: &[u8], i: usize) -> Option<u32> {
    let [a, b, c, d] = *bytes.get(i..)?.first_chunk::<4>()?;
    let value = digit(a) << 12 | digit(b) << 8 | digit(c) << 4 | digit(d);
    (value < NONE).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_and_no_others() {
        assert_eq!(parse_hex4(b"_0aFz", 1), None);
        assert_eq!(parse_hex4(b"_0aF9", 1), Some(0x0af9));
        assert_eq!(parse_hex4(b"_0aF", 1), None);
        for byte in 0..=u8::MAX {
            let expected = char::from(byte).to_digit(16);
            for place in 0..4 {
                let mut text = *b"0000";
                if let Some(at) = text.get_mut(place) {
                    *at = byte;
                }
                assert_eq!(parse_hex4(&text, 0), expected.map(|value| value << (4 * (3 - place))), "{byte} {place}");
            }
        }
    }
}
