//! Bytes of a file become text: UTF-8 with or without a mark, and UTF-16, in pieces of any length.
//!
//! Other encodings are refused at the first letter that shows it: a guess would garble names.

use provisioning::graph::people::Spot;

/// What is wrong with the bytes, or with the text in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) spot: Option<Spot>,
    pub(super) rule: String,
    pub(super) repair: String,
}

impl Wrong {
    pub(super) fn at(spot: Spot, rule: impl Into<String>, repair: &str) -> Self {
        Self { spot: Some(spot), rule: rule.into(), repair: repair.to_owned() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { big: bool },
}

/// What a file of another kind begins with, what it is, and what to do.
const FOREIGN: [(&[u8], &str, &str); 5] = [
    (b"PK\x03\x04", "this is a workbook or an archive", "save the sheet as `CSV UTF-8`"),
    (b"\xd0\xcf\x11\xe0", "this is an Excel workbook", "save the sheet as `CSV UTF-8`"),
    (b"\x1f\x8b", "this file is compressed", "unpack it first"),
    (b"%PDF", "this is a PDF", "choose the CSV or JSON that it was made from"),
    (b"\xff\xfe\0\0", "this is UTF-32", "save the file as UTF-8"),
];

/// Decodes a file.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    encoding: Option<Encoding>,
    /// Bytes of a letter, or of the file's beginning, that are not there whole yet.
    rest: Vec<u8>,
    /// Where the next letter stands.
    spot: Option<Spot>,
}

impl Decoder {
    /// Decodes the next piece.
    pub(super) fn piece(&mut self, piece: &[u8], text: &mut dyn FnMut(&str)) -> Result<(), Wrong> {
        if self.rest.is_empty() && self.encoding.is_some() {
            return self.decode(piece, text);
        }
        let mut whole = std::mem::take(&mut self.rest);
        whole.extend_from_slice(piece);
        if self.encoding.is_none() && whole.len() < 4 {
            self.rest = whole;
            return Ok(());
        }
        self.begin(&mut whole)?;
        self.decode(&whole, text)
    }

    /// Nothing follows.
    pub(super) fn end(&mut self, text: &mut dyn FnMut(&str)) -> Result<(), Wrong> {
        let mut rest = std::mem::take(&mut self.rest);
        self.begin(&mut rest)?;
        self.decode(&rest, text)?;
        if self.rest.is_empty() {
            return Ok(());
        }
        let repair = "the end is missing: take the whole file";
        Err(Wrong::at(self.here(), "the file ends within a letter", repair))
    }

    fn here(&self) -> Spot {
        self.spot.unwrap_or(Spot::START)
    }

    /// Finds the encoding, and takes the mark away.
    fn begin(&mut self, bytes: &mut Vec<u8>) -> Result<(), Wrong> {
        if self.encoding.is_some() {
            return Ok(());
        }
        if let Some((_, what, repair)) = FOREIGN.iter().find(|(mark, ..)| bytes.starts_with(mark)) {
            return Err(Wrong {
                spot: None,
                rule: (*what).to_owned(),
                repair: (*repair).to_owned(),
            });
        }
        let (encoding, mark) = match bytes.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16 { big: false }, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16 { big: true }, 2),
            // The first letter of a table or of JSON is a plain one.
            [first, 0, ..] if *first != 0 => (Encoding::Utf16 { big: false }, 0),
            [0, second, ..] if *second != 0 => (Encoding::Utf16 { big: true }, 0),
            _ => (Encoding::Utf8, 0),
        };
        bytes.drain(..mark);
        self.encoding = Some(encoding);
        Ok(())
    }

    fn decode(&mut self, bytes: &[u8], text: &mut dyn FnMut(&str)) -> Result<(), Wrong> {
        match self.encoding {
            Some(Encoding::Utf16 { big }) => self.utf16(bytes, big, text),
            _ => self.utf8(bytes, text),
        }
    }

    fn hand_on(&mut self, piece: &str, text: &mut dyn FnMut(&str)) {
        self.spot = Some(self.here().after(piece.as_bytes()));
        text(piece);
    }

    fn utf8(&mut self, bytes: &[u8], text: &mut dyn FnMut(&str)) -> Result<(), Wrong> {
        let error = match std::str::from_utf8(bytes) {
            Ok(piece) => {
                self.hand_on(piece, text);
                return Ok(());
            }
            Err(error) => error,
        };
        let (sound, rest) = bytes.split_at(error.valid_up_to());
        self.hand_on(std::str::from_utf8(sound).unwrap_or_default(), text);
        if error.error_len().is_none() {
            self.rest = rest.to_vec();
            return Ok(());
        }
        let byte = rest.first().copied().unwrap_or_default();
        let rule = format!("the byte {byte:02X} is no UTF-8");
        let repair = "save the file as UTF-8, in Excel as `CSV UTF-8`, so that no name is garbled";
        Err(Wrong::at(self.here(), rule, repair))
    }

    fn utf16(&mut self, bytes: &[u8], big: bool, text: &mut dyn FnMut(&str)) -> Result<(), Wrong> {
        let (pairs, odd) = bytes.as_chunks::<2>();
        let unit = |pair: &[u8; 2]| {
            if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) }
        };
        let mut units: Vec<u16> = pairs.iter().map(unit).collect();
        self.rest = odd.to_vec();
        // The first half of a letter outside the basic plane waits for its other half.
        if let Some(half) = units.pop_if(|unit| (0xd800..0xdc00).contains(unit)) {
            let pair = if big { half.to_be_bytes() } else { half.to_le_bytes() };
            self.rest = [&pair, odd].concat();
        }
        let mut piece = String::with_capacity(units.len());
        for letter in char::decode_utf16(units) {
            let Ok(letter) = letter else {
                self.hand_on(&piece, text);
                let repair = "save the file as UTF-8";
                return Err(Wrong::at(self.here(), "half a letter is no UTF-16", repair));
            };
            piece.push(letter);
        }
        self.hand_on(&piece, text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], length: usize) -> Result<String, Wrong> {
        let mut decoder = Decoder::default();
        let mut text = String::new();
        for piece in bytes.chunks(length) {
            decoder.piece(piece, &mut |piece| text.push_str(piece))?;
        }
        decoder.end(&mut |piece| text.push_str(piece))?;
        Ok(text)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_is_read_whatever_its_pieces() {
        let text = "id,Zoë\r\n1,😀 Łukasz";
        let marked = format!("\u{feff}{text}");
        for length in 1..12 {
            assert_eq!(decoded(text.as_bytes(), length).unwrap(), text);
            assert_eq!(decoded(marked.as_bytes(), length).unwrap(), text);
            for text_in_utf16 in [text, &marked] {
                assert_eq!(decoded(&utf16(text_in_utf16, u16::to_le_bytes), length).unwrap(), text);
                assert_eq!(decoded(&utf16(text_in_utf16, u16::to_be_bytes), length).unwrap(), text);
            }
        }
        assert_eq!(decoded(b"", 1).unwrap(), "");
        assert_eq!(decoded(b"id", 1).unwrap(), "id");
    }

    #[test]
    fn another_encoding_is_refused_where_it_shows() {
        for length in [1, 3, 100] {
            let wrong = decoded(b"id,name\r\n1,Zo\xeb\r\n", length).unwrap_err();
            assert_eq!(wrong.spot, Some(Spot { line: 2, column: 5 }));
            assert!(wrong.rule.contains("EB"), "{wrong:?}");
            let cut = decoded(b"id,name\r\n1,Zo\xc3", length).unwrap_err();
            assert!(cut.repair.contains("whole file"), "{cut:?}");
            let lone = decoded(b"\xff\xfeA\0\x00\xdcB\0", length).unwrap_err();
            assert_eq!(lone.spot, Some(Spot { line: 1, column: 2 }));
        }
    }

    #[test]
    fn files_of_other_kinds_are_called_by_name() {
        for (mark, what, _) in FOREIGN {
            let file = [mark, b"\x14\0\x06\0"].concat();
            assert_eq!(decoded(&file, 3).unwrap_err().rule, what);
        }
    }
}
