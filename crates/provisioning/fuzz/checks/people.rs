//! What must hold of every file of people: it is read alike whatever pieces it comes in, and people
//! that are written are read again.

use provisioning::graph::people::{Gathering, ReadFault, Reader, read, write};
use provisioning::source::Directory;

/// Takes text as a file of people.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let whole = in_pieces(bytes, bytes.len().max(1));
    for length in [1, 3, 64] {
        assert_eq!(in_pieces(bytes, length), whole, "by {length} bytes");
    }
    // An extension may stand in another attribute's place, and is then of the wrong type there.
    if let Ok(directory) = whole
        && !text.contains("onPremisesExtensionAttributes")
    {
        let mut written = String::new();
        write(&directory, &mut |piece| written.push_str(piece));
        assert_eq!(read(&written), Ok(directory), "{written}");
    }
}

fn in_pieces(bytes: &[u8], length: usize) -> Result<Directory, Vec<ReadFault>> {
    let mut gathering = Gathering::default();
    let mut reader = Reader::default();
    bytes.chunks(length).for_each(|piece| reader.piece(piece, &mut gathering));
    reader.end(&mut gathering);
    gathering.finish()
}
