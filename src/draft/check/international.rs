//! Host names with letters beyond ASCII: how they are shown, and how they are sent.
//!
//! Both forms are made for reading: what a person types is not turned into a host behind their back.

/// What marks a label in its ASCII form (RFC 5890).
const MARK: &str = "xn--";

/// The name as people read it; nothing where it is plain ASCII, or no legal form.
pub(super) fn unicode(host: &str) -> Option<String> {
    let mut is_other = false;
    let labels = host.split('.').map(|label| match label.strip_prefix(MARK) {
        None => Some(label.to_owned()),
        Some(coded) => {
            is_other = true;
            decode(coded)
        }
    });
    let shown = labels.collect::<Option<Vec<_>>>()?.join(".");
    is_other.then_some(shown)
}

/// The name as it is sent; nothing where it is plain ASCII, or too long to be coded.
pub(super) fn ascii(host: &str) -> Option<String> {
    let labels = host.split('.').map(|label| {
        let label = label.to_lowercase();
        if label.is_ascii() { Some(label) } else { Some(format!("{MARK}{}", encode(&label)?)) }
    });
    let sent = labels.collect::<Option<Vec<_>>>()?.join(".");
    (!host.is_ascii()).then_some(sent)
}

/// The code of a label's letters (RFC 3492 section 6.3).
fn encode(label: &str) -> Option<String> {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    let mut coded: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(coded.len()).ok()?;
    if basic > 0 {
        coded.push('-');
    }
    let (mut letter, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72_u32, basic);
    while let Some(next) = letters.iter().copied().filter(|each| *each >= letter).min() {
        delta = delta.checked_add((next - letter).checked_mul(done + 1)?)?;
        letter = next;
        for each in &letters {
            if *each < letter {
                delta = delta.checked_add(1)?;
            } else if *each == letter {
                push(&mut coded, delta, bias);
                bias = adapt(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        letter += 1;
    }
    Some(coded)
}

/// A distance in digits of a base that changes from place to place.
fn push(coded: &mut String, delta: u32, bias: u32) {
    let mut left = delta;
    for k in (36..).step_by(36) {
        let threshold = k.clamp(bias + 1, bias + 26) - bias;
        if left < threshold {
            break;
        }
        coded.push(letter_of(threshold + (left - threshold) % (36 - threshold)));
        left = (left - threshold) / (36 - threshold);
    }
    coded.push(letter_of(left));
}

fn letter_of(digit: u32) -> char {
    char::from_digit((digit + 10) % 36, 36).unwrap_or('0')
}

/// The letters behind a label's code (RFC 3492 section 6.2).
fn decode(coded: &str) -> Option<String> {
    let (basic, deltas) = coded.rsplit_once('-').unwrap_or(("", coded));
    let mut letters: Vec<char> = basic.chars().collect();
    let (mut letter, mut at, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = deltas.bytes();
    while digits.len() > 0 {
        let (before, mut weight) = (at, 1_u32);
        for k in (36..).step_by(36) {
            let digit = digit(digits.next()?)?;
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.clamp(bias + 1, bias + 26) - bias;
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        let length = u32::try_from(letters.len()).ok()? + 1;
        bias = adapt(at - before, length, before == 0);
        letter = letter.checked_add(at / length)?;
        at %= length;
        letters.insert(usize::try_from(at).ok()?, char::from_u32(letter)?);
        at += 1;
    }
    Some(letters.into_iter().collect())
}

fn digit(byte: u8) -> Option<u32> {
    match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    }
}

/// How far apart the next letters are expected (RFC 3492 section 6.1).
fn adapt(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rfcs_samples_are_read() {
        for (coded, shown) in [
            ("egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"),
            ("ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
            ("Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"),
            ("-> $1.00 <--", "-> $1.00 <-"),
        ] {
            assert_eq!(decode(coded).as_deref(), Some(shown), "{coded}");
        }
        assert_eq!(ascii("Bücher.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(
            ascii("他们为什么不说中文.cn").as_deref(),
            Some("xn--ihqwcrb4cv8a8dqg056pqjye.cn")
        );
        assert_eq!(ascii("app.envoy.com"), None);
        assert_eq!(unicode("xn--bcher-kva.example").as_deref(), Some("bücher.example"));
        assert_eq!(unicode("app.envoy.com"), None);
        assert_eq!(unicode("xn--é.example"), None);
    }

    proptest! {
        #[test]
        fn what_is_sent_reads_as_what_was_typed(label in "[a-zé-ūα-ωа-я一-丿]{1,20}") {
            if let Some(sent) = ascii(&label) {
                prop_assert_eq!(unicode(&sent), Some(label.to_lowercase()));
            }
        }

        #[test]
        fn no_label_brings_the_reader_down(coded in "[a-zA-Z0-9-]{0,40}|\\PC{0,10}") {
            let _ = decode(&coded);
        }
    }
}
