//! Takes the function names out of the page's programs: half of their bytes, read by nobody.
//!
//! Cargo's `strip = true` would do it too, but together with the target features, which
//! wasm-bindgen reads; so it is done to the finished files.

use std::fs;
use std::path::Path;

use crate::failure::Failure;

/// Removes the section `name` from every program in a folder.
pub(crate) fn remove(folder: &Path) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::file("read", folder, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|ending| ending == "wasm") {
            let program = fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
            let Some(bare) = without_names(&program) else {
                return Err(Failure::new(format!("`{}` is no WebAssembly", path.display()))
                    .repair("remove the folder dist and build again"));
            };
            fs::write(&path, bare).map_err(|error| Failure::file("write", &path, &error))?;
        }
    }
    Ok(())
}

/// The program without its section `name`; nothing where the bytes are no module
/// (WebAssembly core specification, section 5.5).
fn without_names(program: &[u8]) -> Option<Vec<u8>> {
    const HEAD: usize = 8;
    let mut bare = program.get(..HEAD)?.to_vec();
    if !bare.starts_with(b"\0asm") {
        return None;
    }
    let mut at = HEAD;
    while at < program.len() {
        let begin = at;
        let is_custom = *program.get(at)? == 0;
        at += 1;
        let length = number(program, &mut at)?;
        let end = at.checked_add(length)?;
        let content = program.get(at..end)?;
        // A custom section begins with the length of its name and the name.
        if !(is_custom && content.starts_with(b"\x04name")) {
            bare.extend_from_slice(program.get(begin..end)?);
        }
        at = end;
    }
    Some(bare)
}

/// An unsigned LEB128 number of at most 32 bits.
fn number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    fn module(sections: &[&[u8]]) -> Vec<u8> {
        [HEAD].iter().chain(sections).flat_map(|part| part.iter().copied()).collect()
    }

    #[test]
    fn only_the_names_go() {
        let code: &[u8] = b"\x0a\x03abc";
        let features: &[u8] = b"\0\x06\x04featu";
        let names: &[u8] = b"\0\x07\x04namexy";
        let whole = module(&[code, names, features]);
        assert_eq!(without_names(&whole), Some(module(&[code, features])));
        assert_eq!(without_names(&module(&[code])), Some(module(&[code])));
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        assert_eq!(without_names(b""), None);
        assert_eq!(without_names(b"<html>.."), None);
        assert_eq!(without_names(&module(&[b"\x0a\x09abc"])), None);
        assert_eq!(without_names(&module(&[b"\x0a\x80\x80\x80\x80\x80\x80"])), None);
    }
}
