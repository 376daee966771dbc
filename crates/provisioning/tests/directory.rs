//! What a directory holds behaves like the plain maps that it stands for, whatever is done to it.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use provisioning::source::{Attributes, Sharing, SourceValue};

/// What may be done to the attributes of an object.
#[derive(Clone, Debug)]
enum Deed {
    Insert(String, SourceValue),
    Change(String, SourceValue),
    Remove(String),
    Share,
    /// The same object once more, of which the first one stays as it is.
    Copy,
}

fn value() -> impl Strategy<Value = SourceValue> {
    prop_oneof![
        4 => "[ab]{0,2}".prop_map(SourceValue::Text),
        1 => any::<bool>().prop_map(SourceValue::Boolean),
        1 => (0_u8..3).prop_map(|number| SourceValue::Number(number.into())),
        1 => vec("[ab]{0,1}", 0..3).prop_map(SourceValue::List),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let name = || "[a-f]{1,2}";
    prop_oneof![
        6 => (name(), value()).prop_map(|(name, value)| Deed::Insert(name, value)),
        2 => (name(), value()).prop_map(|(name, value)| Deed::Change(name, value)),
        3 => name().prop_map(Deed::Remove),
        2 => Just(Deed::Share),
        1 => Just(Deed::Copy),
    ]
}

type Plain = BTreeMap<String, SourceValue>;

fn is_like(attributes: &Attributes, plain: &Plain) -> bool {
    attributes.iter().eq(plain)
        && attributes.keys().eq(plain.keys())
        && attributes.values().eq(plain.values())
        && (attributes.len(), attributes.is_empty()) == (plain.len(), plain.is_empty())
        && attributes.iter().len() == plain.len()
        && format!("{attributes:?}") == format!("{plain:?}")
        && plain.keys().all(|name| attributes.contains_key(name))
        && *attributes == plain.clone().into_iter().collect()
}

fn apply(deed: Deed, attributes: &mut Attributes, plain: &mut Plain) -> bool {
    match deed {
        Deed::Insert(name, value) => {
            attributes.insert(name.clone(), value.clone()) == plain.insert(name, value)
        }
        Deed::Change(name, value) => match (attributes.get_mut(&name), plain.get_mut(&name)) {
            (Some(one), Some(other)) => {
                *one = value.clone();
                *other = value;
                true
            }
            (one, other) => one.is_none() && other.is_none(),
        },
        Deed::Remove(name) => attributes.remove(&name) == plain.remove(&name),
        Deed::Share | Deed::Copy => true,
    }
}

proptest! {
    /// Several objects are changed in turn, so that what they share is there to be spoiled.
    #[test]
    fn attributes_are_a_map_whoever_shares_them(deeds in vec((0_usize..3, deed()), 0..80)) {
        let mut sharing = Sharing::default();
        let mut all = vec![(Attributes::new(), Plain::new()); 3];
        for (at, deed) in deeds {
            match deed {
                Deed::Copy => all.push(all[at].clone()),
                Deed::Share => sharing.share(&mut all[at].0),
                deed => {
                    let (attributes, plain) = &mut all[at];
                    prop_assert!(apply(deed, attributes, plain));
                }
            }
            for (attributes, plain) in &all {
                prop_assert!(is_like(attributes, plain), "{attributes:?} for {plain:?}");
            }
        }
    }
}
