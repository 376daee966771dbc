//! What must hold of every path: it reads back as it is printed, and everybody can be asked for what stands there.

use scim::path::Path;

use crate::residents::{RESIDENTS, SCHEMAS};

/// Takes text as a path.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    match Path::parse(text) {
        Ok(path) => {
            let printed = path.to_string();
            assert_eq!(Path::parse(&printed).as_ref(), Ok(&path), "{printed}");
            assert!(path.same_place(&path));
            let _ = SCHEMAS.attribute(&path);
            for resident in RESIDENTS.iter() {
                let is_empty = resident.values(&path).is_empty();
                assert!(!(is_empty && resident.text(&path).is_some()), "{path}");
            }
        }
        Err(error) => {
            assert!(text.is_char_boundary(error.position), "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}
