//! A fingerprint of files, by which work that has been done already is recognised.

use std::fmt;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Sixty-four bits that change with every name and every byte that went in.
#[derive(Default)]
pub(crate) struct Fingerprint {
    // A new `DefaultHasher` starts alike in every process of one toolchain; with another toolchain
    // the work is done again, which is right.
    hasher: DefaultHasher,
}

impl Fingerprint {
    /// Takes in a text, with its end.
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Takes in a file's content.
    pub(crate) fn file(&mut self, path: &Path) -> Result<(), Failure> {
        let content = fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
        self.bytes(&content);
        Ok(())
    }

    /// Takes in the names and contents of a folder, where `wanted` says which of its files and
    /// folders count. It is asked with the path from `folder`.
    pub(crate) fn folder(
        &mut self,
        folder: &Path,
        wanted: &dyn Fn(&Path) -> bool,
    ) -> Result<(), Failure> {
        for path in files(folder, wanted)? {
            self.text(&path.to_string_lossy());
            self.file(&folder.join(path))?;
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.hasher.write_usize(bytes.len());
        self.hasher.write(bytes);
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.hasher.finish())
    }
}

/// The files under a folder in the order of their names, each as the path from that folder.
pub(crate) fn files(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        let whole = root.join(&folder);
        let failed = |error| Failure::file("read", &whole, &error);
        for entry in fs::read_dir(&whole).map_err(failed)? {
            let path = folder.join(entry.map_err(failed)?.file_name());
            let whole = root.join(&path);
            match (wanted(&path), whole.is_dir(), whole.is_file()) {
                (true, true, _) => open.push(path),
                (true, _, true) => found.push(path),
                // What is neither, such as an editor's dangling lock, is no content.
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(folder: &Path) -> String {
        let mut fingerprint = Fingerprint::default();
        fingerprint.folder(folder, &|path| !path.ends_with("out")).unwrap();
        fingerprint.to_string()
    }

    #[test]
    fn every_name_and_byte_counts_and_nothing_else_does() {
        let folder = std::env::temp_dir().join(format!("fingerprint-{}", std::process::id()));
        fs::create_dir_all(folder.join("in")).unwrap();
        fs::create_dir_all(folder.join("out")).unwrap();
        fs::write(folder.join("in/a"), "1").unwrap();
        let first = of(&folder);
        fs::write(folder.join("out/b"), "2").unwrap();
        assert_eq!(of(&folder), first);
        fs::write(folder.join("in/a"), "2").unwrap();
        let second = of(&folder);
        assert_ne!(second, first);
        fs::rename(folder.join("in/a"), folder.join("in/b")).unwrap();
        assert_ne!(of(&folder), second);
        fs::remove_dir_all(&folder).unwrap();
    }
}
