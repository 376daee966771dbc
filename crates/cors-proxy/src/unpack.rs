//! A packed reply, unpacked in small steps: what a bomb bursts into is counted before it grows.

use std::io::{Result, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;

/// Packed bytes that are unpacked at a time. Deflate packs at most 1032 to 1, so that half a
/// mebibyte comes out of them at the most.
const STEP: usize = 512;

/// The state of one packed reply.
#[derive(Debug)]
pub(crate) struct Unpack {
    decoder: MultiGzDecoder<Vec<u8>>,
    packed: Bytes,
    begun: bool,
}

impl Unpack {
    pub(crate) fn gzip() -> Self {
        let decoder = MultiGzDecoder::new(Vec::new());
        Self { decoder, packed: Bytes::new(), begun: false }
    }

    /// Takes the next packed bytes; all earlier ones have been unpacked.
    pub(crate) fn feed(&mut self, packed: Bytes) {
        self.begun |= !packed.is_empty();
        self.packed = packed;
    }

    /// The next unpacked bytes, or nothing when more packed ones are needed.
    pub(crate) fn next(&mut self) -> Result<Option<Bytes>> {
        while !self.packed.is_empty() {
            let step = self.packed.split_to(self.packed.len().min(STEP));
            self.decoder.write_all(&step)?;
            if let Some(bytes) = self.unpacked() {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    /// The last bytes, once there are no more packed ones.
    ///
    /// # Errors
    /// The packed form broke off, or its check sum is wrong. A reply without a body has none.
    pub(crate) fn finish(&mut self) -> Result<Option<Bytes>> {
        if std::mem::take(&mut self.begun) {
            self.decoder.try_finish()?;
        }
        Ok(self.unpacked())
    }

    fn unpacked(&mut self) -> Option<Bytes> {
        let bytes = std::mem::take(self.decoder.get_mut());
        (!bytes.is_empty()).then(|| bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// All that comes out, and the largest piece of it.
    fn unpack(packed: &[u8], at_once: usize) -> Result<(Vec<u8>, usize)> {
        let (mut unpack, mut out, mut largest) = (Unpack::gzip(), Vec::new(), 0);
        for piece in packed.chunks(at_once) {
            unpack.feed(Bytes::copy_from_slice(piece));
            while let Some(bytes) = unpack.next()? {
                largest = largest.max(bytes.len());
                out.extend_from_slice(&bytes);
            }
        }
        while let Some(bytes) = unpack.finish()? {
            out.extend_from_slice(&bytes);
        }
        Ok((out, largest))
    }

    #[test]
    fn g02_what_was_packed_comes_out_whatever_the_pieces() {
        let text: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut packed = pack(&text);
        for at_once in [1, 7, 512, 100_000] {
            assert_eq!(unpack(&packed, at_once).unwrap().0, text);
        }
        packed.extend(pack(b"a second member"));
        assert!(unpack(&packed, 512).unwrap().0.ends_with(b"a second member"));
        assert!(unpack(b"", 1).unwrap().0.is_empty());
    }

    #[test]
    fn g02_no_piece_of_a_bomb_is_large() {
        let bomb = pack(&vec![0; 64 * 1024 * 1024]);
        let (out, largest) = unpack(&bomb, bomb.len()).unwrap();
        assert_eq!(out.len(), 64 * 1024 * 1024);
        assert!(largest < 600 * 1024, "{largest}");
    }

    #[test]
    fn g02_a_packed_form_that_breaks_off_or_is_none_is_an_error() {
        let packed = pack(b"{\"a\": 1}");
        let (short, _) = packed.split_at(packed.len() - 3);
        assert!(unpack(short, 512).is_err());
        assert!(unpack(b"xyz", 512).is_err());
        let mut wrong = packed.clone();
        *wrong.last_mut().unwrap() ^= 1;
        assert!(unpack(&wrong, 512).is_err());
    }
}
