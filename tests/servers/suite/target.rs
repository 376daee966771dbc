//! Who is asked, and by whose behaviour the answers are judged.

use sandbox::Profile;
use servers::PeerKind;

/// One service provider.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// The first part of its tests' names.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) place: Place,
    /// How it is expected to behave.
    pub(crate) column: Column,
}

/// Where a service provider is.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// In the memory of this process.
    Sandbox,
    /// The same, imitating a real server.
    Imitation(Profile),
    /// At the other end of a socket.
    Peer(PeerKind),
}

/// By whose behaviour a target is judged. A sandbox that imitates a server is judged by that
/// server's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Rfc,
    NodeScimmy,
    PythonScim2,
}

/// What is expected, for each column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Each<T> {
    pub(crate) rfc: T,
    pub(crate) node_scimmy: T,
    pub(crate) python_scim2: T,
}

pub(crate) const TARGETS: [Target; 5] = [
    Target { name: "sandbox", place: Place::Sandbox, column: Column::Rfc },
    Target {
        name: "node_scimmy",
        place: Place::Peer(PeerKind::NodeScimmy),
        column: Column::NodeScimmy,
    },
    Target {
        name: "python_scim2",
        place: Place::Peer(PeerKind::PythonScim2),
        column: Column::PythonScim2,
    },
    Target {
        name: "as_node_scimmy",
        place: Place::Imitation(Profile::NodeScimmy),
        column: Column::NodeScimmy,
    },
    Target {
        name: "as_python_scim2",
        place: Place::Imitation(Profile::PythonScim2),
        column: Column::PythonScim2,
    },
];

impl<T: Copy> Each<T> {
    /// What is expected in a column.
    pub(crate) fn of(self, column: Column) -> T {
        match column {
            Column::Rfc => self.rfc,
            Column::NodeScimmy => self.node_scimmy,
            Column::PythonScim2 => self.python_scim2,
        }
    }
}

/// The RFC's column, then `node-scimmy`'s, then `python-scim2`'s.
pub(crate) const fn each<T: Copy>(rfc: T, node_scimmy: T, python_scim2: T) -> Each<T> {
    Each { rfc, node_scimmy, python_scim2 }
}

/// The same in every column.
pub(crate) const fn all<T: Copy>(expected: T) -> Each<T> {
    each(expected, expected, expected)
}
