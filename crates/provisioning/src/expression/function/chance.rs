//! Functions that draw from chance: the seed is lent, so the same input draws the same values.

use super::super::evaluate::{Call, Outcome, Stop};
use super::super::fault::EvaluationFaultKind;
use super::{DOCUMENTED, Example, Function, Kind, chosen, optional, required};

pub(super) const GUID: Function = Function {
    name: "Guid",
    summary: "A random GUID.",
    parameters: &[],
    examples: &[Example {
        expression: "Guid()",
        attributes: &[],
        result: "6ee15a87-8517-4a0b-adc4-0ecede492d51",
    }],
    evidence: DOCUMENTED,
    notes: &[chosen(
        "drawn anew for every person; in a preview the same person gets the same value every time",
    )],
};

pub(super) fn guid<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let mut chance = Chance::of(call);
    let (high, low) = (chance.draw(), chance.draw());
    // RFC 9562 section 5.4: four bits tell the version, two the variant.
    let high = (high & !0xf000) | 0x4000;
    let low = (low & !(0b11 << 62)) | (0b10 << 62);
    Ok(format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
    .into())
}

pub(super) const RANDOM_STRING: Function = Function {
    name: "RandomString",
    summary: "Random characters, with at least so many of each class.",
    parameters: &[
        required("Length", Kind::Number, "how many characters, 256 at the most"),
        required("MinimumNumbers", Kind::Number, "how many digits at least"),
        required("MinimumSpecialCharacters", Kind::Number, "how many special characters at least"),
        required("MinimumCapital", Kind::Number, "how many capital letters at least"),
        required("MinimumLowerCase", Kind::Number, "how many small letters at least"),
        optional("CharactersToAvoid", Kind::Text, "characters that never occur"),
    ],
    examples: &[Example {
        expression: "RandomString(10, 2, 0, 2, 2)",
        attributes: &[],
        result: "GKrQ79IdJu",
    }],
    evidence: DOCUMENTED,
    notes: &[
        chosen(
            "the published rule leaves small letters out of the sum that the length must reach; here they count",
        ),
        chosen(
            "drawn anew for every person; in a preview the same person gets the same value every time",
        ),
    ],
};

/// The classes in the order of their parameters; the special characters are those of Windows'
/// rule for the complexity of passwords.
const CLASSES: [&str; 4] = [
    "0123456789",
    "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
];

const LONGEST: i64 = 256;

pub(super) fn random_string<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let length = call.integer(0)?;
    let avoided = call.text(5)?.unwrap_or_default();
    let (mut least, mut classes) = ([0; 4], CLASSES.map(|_| Vec::new()));
    for (place, ((least, class), letters)) in
        least.iter_mut().zip(&mut classes).zip(CLASSES).enumerate()
    {
        *least = call.integer(place + 1)?;
        class.extend(letters.chars().filter(|c| !avoided.contains(*c)));
        if *least < 0 || (*least > 0 && class.is_empty()) {
            return Err(unsatisfiable(call, place + 1, "this number of characters cannot be met"));
        }
    }
    let wanted = least.iter().fold(0_i64, |sum, least| sum.saturating_add(*least));
    if !(wanted..=LONGEST).contains(&length) {
        let problem = "the length must be at least the sum of the minimums, and at most 256";
        return Err(unsatisfiable(call, 0, problem));
    }
    Ok(draw(&mut Chance::of(call), length, &least, &classes).into())
}

fn unsatisfiable(call: &Call<'_, '_>, place: usize, problem: &str) -> Stop {
    call.at(place, EvaluationFaultKind::Argument, problem.to_owned(), None)
}

/// The minimums first, the rest from the classes that are asked for, then all of it shuffled.
fn draw(chance: &mut Chance, length: i64, least: &[i64; 4], classes: &[Vec<char>; 4]) -> String {
    let mut drawn = Vec::new();
    for (least, class) in least.iter().zip(classes) {
        drawn.extend((0..*least).filter_map(|_| chance.pick(class)));
    }
    let asked = |(least, class): (&i64, &Vec<char>)| (*least > 0).then(|| class.clone());
    let mut rest: Vec<char> = least.iter().zip(classes).filter_map(asked).flatten().collect();
    if rest.is_empty() {
        rest = classes.iter().flatten().copied().collect();
    }
    while i64::try_from(drawn.len()).is_ok_and(|drawn| drawn < length) {
        let Some(c) = chance.pick(&rest) else { break };
        drawn.push(c);
    }
    for last in (1..drawn.len()).rev() {
        drawn.swap(last, chance.below(last + 1));
    }
    drawn.into_iter().collect()
}

/// A stream of numbers that nobody can tell from chance, and that is the same every time.
struct Chance {
    state: u64,
}

impl Chance {
    /// One stream per object and call, so that no draw depends on what was evaluated before.
    fn of(call: &Call<'_, '_>) -> Self {
        let inputs = call.scope.inputs;
        // Eight bytes everywhere: an address has four of them in a browser.
        let place = u64::try_from(call.span.start).unwrap_or(u64::MAX).to_le_bytes();
        let named = inputs.object.id.bytes().chain(place);
        // FNV-1a.
        let state = named.fold(0xcbf2_9ce4_8422_2325 ^ inputs.ambient.seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self { state }
    }

    /// SplitMix64.
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.draw() % end).unwrap_or_default()
    }

    fn pick(&mut self, characters: &[char]) -> Option<char> {
        characters.get(self.below(characters.len())).copied()
    }
}
