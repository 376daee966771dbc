//! The workload's checksums: over the mapped values, and over what would be written.
//!
//! `NormalizeDiacritics` makes letters plain that Microsoft's printed table does not have; the
//! workload's checksums have the table alone. And the engine points to managers by their accounts, as
//! Entra does; the workload compares their ids in the directory, of which none differs.

use std::fmt::Write;

use provisioning::configuration::{Configuration, Source};
use provisioning::expression::Expression;
use provisioning::mapping::is_reference;
use provisioning::pipeline::{Accounts, Fate, People, Pipeline, Plan};
use sha2::{Digest, Sha256};

/// Letters of the workload's names that the printed table does not have.
const NOT_PRINTED: [char; 8] = ['ņ', 'ạ', 'ả', 'ễ', 'й', 'đ', 'Đ', 'Þ'];

/// The configuration with letters that the printed table does not have kept as they are.
pub(crate) fn printed(configuration: &Configuration) -> Configuration {
    let mut configuration = configuration.clone();
    configuration.users.attributes.iter_mut().for_each(|row| row.source = kept(&row.source));
    configuration
}

fn kept(source: &Source) -> Source {
    match source {
        Source::Expression(expression) => {
            Source::Expression(Expression::parse(&as_printed(expression.text())))
        }
        other => other.clone(),
    }
}

/// The expression with letters that the printed table does not have kept as they are: characters
/// without a meaning stand for them while the others are made plain.
fn as_printed(expression: &str) -> String {
    const NAME: &str = "NormalizeDiacritics(";
    let Some((before, rest)) = expression.split_once(NAME) else { return expression.to_owned() };
    let mut depth = 1;
    let end = rest.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    });
    let (argument, after) = rest.split_at(end.unwrap_or(rest.len()));
    let stand_ins = || ('\u{e000}'..).zip(NOT_PRINTED);
    let replaced = |text: String, find: char, by: char| {
        format!("Replace({text}, \"{find}\", , , \"{by}\", , )")
    };
    let hidden = stand_ins().fold(argument.to_owned(), |text, (by, find)| replaced(text, find, by));
    let plain =
        stand_ins().fold(format!("{NAME}{hidden})"), |text, (find, by)| replaced(text, find, by));
    format!("{before}{plain}{}", after.get(1..).unwrap_or_default())
}

/// The first eight bytes of a digest.
fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The checksum over the mapped values of whoever is in scope.
pub(crate) fn sha_rows(pipeline: &Pipeline, people: &People) -> String {
    let mut digest = Sha256::new();
    for person in (0..people.len()).filter(|person| pipeline.in_scope(people, *person)) {
        pipeline.texts(people, person, &mut |row, text| {
            if row > 0 {
                digest.update("\u{1f}");
            }
            digest.update(text.unwrap_or("\0"));
        });
        digest.update("\n");
    }
    hexadecimal(digest)
}

/// The counts, and the checksum over what would be written.
pub(crate) fn sha_ops(
    pipeline: &Pipeline,
    people: &People,
    accounts: &Accounts,
    plan: &Plan,
) -> (String, String) {
    let mut digest = Sha256::new();
    let (mut created, mut updated, mut disabled, mut equal, mut in_scope) = (0, 0, 0, 0, 0);
    let references = pipeline.mapper().rows().filter(|(_, row)| is_reference(&row.target));
    let compared = !references.fold(0, |bits: u128, (row, _)| bits | 1 << row);
    let verdicts = plan.verdicts().iter().enumerate();
    for (person, verdict) in verdicts {
        in_scope += usize::from(verdict.in_scope);
        let account = verdict.account().map_or("", |account| accounts.id(account));
        let id = people.id(person);
        let changed = plan.changed(verdict) & compared;
        match verdict.fate {
            Fate::Create => {
                created += 1;
                digest.update(format!("C\t{id}\n"));
            }
            Fate::Update | Fate::Enable if changed != 0 => {
                updated += 1;
                digest.update(format!("U\t{id}\t{account}\t{changed:05x}\n"));
            }
            Fate::Disable => {
                disabled += 1;
                digest.update(format!("D\t{account}\n"));
            }
            _ => equal += usize::from(verdict.in_scope),
        }
    }
    let rows = pipeline.mapper().rows().count();
    let counts = format!(
        "\"rows\":{rows},\"in_scope\":{in_scope},\"create\":{created},\"update\":{updated},\
         \"disable\":{disabled},\"equal\":{equal}"
    );
    (counts, hexadecimal(digest))
}
