//! Small copies beside each file of the page, so that no server has to make them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::failure::Failure;
use crate::fingerprint::files;
use crate::progress::Progress;

/// The kinds of files that become smaller.
const KINDS: [&str; 8] = ["css", "html", "js", "json", "md", "svg", "txt", "wasm"];

/// One file of the page and how many bytes it has, plain and as brotli.
struct Sized {
    name: PathBuf,
    plain: usize,
    brotli: usize,
}

/// Writes a `.br` and a `.gz` beside each file that becomes smaller, tells the sizes of what the
/// browser runs, and gives every file's name and bytes as brotli.
pub(crate) fn beside_each(
    folder: &Path,
    progress: &mut Progress,
) -> Result<Vec<(String, usize)>, Failure> {
    let names = files(folder, &|path| folder.join(path).is_dir() || is_compressible(path))?;
    progress.say(&format!("  compressing {} files (brotli and gzip)", names.len()));
    let mut sizes = Vec::new();
    for result in in_parallel(&names, |name| compress(folder, name)) {
        sizes.push(result?);
    }
    report(&sizes).iter().for_each(|line| progress.say(&format!("  {line}")));
    Ok(sizes.into_iter().map(|file| (file.name.display().to_string(), file.brotli)).collect())
}

fn is_compressible(path: &Path) -> bool {
    path.extension().and_then(|kind| kind.to_str()).is_some_and(|kind| KINDS.contains(&kind))
}

fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mine = std::iter::from_fn(|| items.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.map(&work).collect::<Vec<R>>()
    };
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get());
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        running
            .into_iter()
            .flat_map(|thread| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

fn compress(folder: &Path, name: &Path) -> Result<Sized, Failure> {
    let path = folder.join(name);
    let plain = fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
    let failed = |error| Failure::file("compress", &path, &error);
    let brotli = brotlied(&plain).map_err(failed)?;
    write_if_smaller(&path, "br", &brotli, plain.len())?;
    write_if_smaller(&path, "gz", &gzipped(&plain).map_err(failed)?, plain.len())?;
    Ok(Sized { name: name.to_owned(), plain: plain.len(), brotli: brotli.len() })
}

fn brotlied(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut small = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut small, &parameters)?;
    Ok(small)
}

fn gzipped(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

fn write_if_smaller(path: &Path, kind: &str, small: &[u8], plain: usize) -> Result<(), Failure> {
    if small.len() >= plain {
        return Ok(());
    }
    let beside = path.with_added_extension(kind);
    fs::write(&beside, small).map_err(|error| Failure::file("write", &beside, &error))
}

fn report(sizes: &[Sized]) -> Vec<String> {
    let at_top = |file: &&Sized| file.name.parent() == Some(Path::new(""));
    let mut top: Vec<&Sized> = sizes.iter().filter(at_top).collect();
    top.sort_by_key(|file| std::cmp::Reverse(file.brotli));
    let line = |file: &&Sized| {
        let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
        let (plain, brotli) = (kilobytes(file.plain), kilobytes(file.brotli));
        format!("{brotli:8.1} kB as brotli, {plain:8.1} kB plain  {}", file.name.display())
    };
    top.iter().take(6).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_comes_back() {
        let plain = "provisioning ".repeat(500);
        let small = brotlied(plain.as_bytes()).unwrap();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut back).unwrap();
        assert_eq!(back, plain.as_bytes());
        assert!(small.len() < 60, "{}", small.len());

        let mut back = String::new();
        let small = gzipped(plain.as_bytes()).unwrap();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&small[..]), &mut back)
            .unwrap();
        assert_eq!(back, plain);
    }

    #[test]
    fn each_item_is_worked_on_once() {
        let mut results = in_parallel(&(0..100).collect::<Vec<u32>>(), |item| item * 2);
        results.sort_unstable();
        assert_eq!(results, (0..100).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn only_text_and_wasm_are_compressed() {
        for (path, expected) in [
            ("a.wasm", true),
            ("a/b.json", true),
            ("a.png", false),
            ("a.js.br", false),
            ("a", false),
        ] {
            assert_eq!(is_compressible(Path::new(path)), expected, "{path}");
        }
    }
}
