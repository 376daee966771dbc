//! Numbers as they are read on the page.

/// A number with a comma after every three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        let all = [0, 999, 1_000, 10_000, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "999", "1,000", "10,000", "1,234,567"]);
    }
}
