//! Cells of CSV files that people open in a spreadsheet.

/// A cell as RFC 4180 writes it. A text that a spreadsheet would take for a formula gets an
/// apostrophe before it: names and servers' answers must not compute anything.
pub fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("O'Brien, Ada"), "\"O'Brien, Ada\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        for formula in ["=cmd()", "+1", "-1", "@x", "\tx"] {
            assert!(cell(formula).starts_with('\''), "{formula}");
        }
    }
}
