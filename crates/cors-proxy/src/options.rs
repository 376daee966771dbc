//! Where an option is written: on the command line, in the environment, or in a file. The names
//! are the same everywhere, and a name that is not known stops the start.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::policy::Refusal;

/// The start of a variable's name: `CORS_PROXY_ALLOW` is `--allow`.
const PREFIX: &str = "CORS_PROXY_";

/// The option that names the file; it cannot stand in one.
pub(crate) const FILE: &str = "config";

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    One,
    Many,
    Nothing,
}

const OPTIONS: [(&str, Takes); 17] = [
    ("listen", Takes::One),
    ("serve", Takes::One),
    ("allow", Takes::Many),
    ("allow-read", Takes::Many),
    ("allow-private", Takes::Many),
    ("allow-any-public", Takes::Nothing),
    ("origin", Takes::Many),
    ("trusted-proxy", Takes::Many),
    ("operator", Takes::One),
    ("calls-per-minute", Takes::One),
    ("target-calls-per-minute", Takes::One),
    ("connect-seconds", Takes::One),
    ("first-byte-seconds", Takes::One),
    ("call-seconds", Takes::One),
    ("request-bytes", Takes::One),
    ("reply-bytes", Takes::One),
    (FILE, Takes::One),
];

/// One value of an option, and where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    name: &'static str,
    value: OsString,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Flag,
    Environment,
    Line(PathBuf, usize),
}

/// All settings of one place, or of several of which the first that names an option decides.
#[derive(Debug, Default)]
pub(crate) struct Options(Vec<Setting>);

impl Options {
    /// The arguments after the program's name; nothing if they ask for help.
    pub(crate) fn from_arguments<I>(arguments: I) -> Result<Option<Self>, Refusal>
    where
        I: IntoIterator<Item = OsString>,
    {
        let mut options = Self::default();
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next().map_err(|error| misread(&error))? {
            let known = match argument {
                lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => return Ok(None),
                lexopt::Arg::Long(name) => find(name),
                _ => None,
            };
            let Some((name, takes)) = known else { return Err(misread(&argument.unexpected())) };
            let value = match takes {
                Takes::Nothing => "true".into(),
                _ => parser.value().map_err(|error| misread(&error))?,
            };
            options.add(Setting { name, value, place: Place::Flag }, takes)?;
        }
        Ok(Some(options))
    }

    /// The variables that begin with [`PREFIX`]; several values stand apart by spaces.
    pub(crate) fn from_environment<I>(variables: I) -> Result<Self, Refusal>
    where
        I: IntoIterator<Item = (OsString, OsString)>,
    {
        let mut options = Self::default();
        for (variable, value) in variables {
            let Some(name) = variable.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
                continue;
            };
            let (name, takes) =
                find(&name.to_ascii_lowercase().replace('_', "-")).ok_or_else(|| {
                    Refusal::new(format!(
                        "the environment holds `{PREFIX}{name}`, which is no option; {SEE_HELP}"
                    ))
                })?;
            let setting = Setting { name, value, place: Place::Environment };
            if takes == Takes::Many {
                for value in setting.text()?.split_whitespace() {
                    options.add(Setting { value: value.into(), ..setting.clone() }, takes)?;
                }
            } else if !setting.value.is_empty() {
                options.add(setting, takes)?;
            }
        }
        Ok(options)
    }

    /// A file with one `name = value` in each line; `#` begins a line that is not read.
    pub(crate) fn from_file(path: &Path) -> Result<Self, Refusal> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let path = path.display();
            Refusal::new(format!("cannot read `{path}`: {error}; correct `--{FILE}`"))
        })?;
        let mut options = Self::default();
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let place = format!("`{}`, line {number}", path.display());
            let (name, value) = line.split_once('=').ok_or_else(|| {
                Refusal::new(format!("{place}: `{line}` has no `=`; write `name = value`"))
            })?;
            let known = find(name.trim()).filter(|(name, _)| *name != FILE);
            let (name, takes) = known.ok_or_else(|| {
                let name = name.trim();
                Refusal::new(format!("{place}: `{name}` is no option; {SEE_HELP}"))
            })?;
            let place = Place::Line(path.to_owned(), number);
            options.add(Setting { name, value: value.trim().into(), place }, takes)?;
        }
        Ok(options)
    }

    /// These, and of `others` those options that are not named here.
    pub(crate) fn before(mut self, others: Self) -> Self {
        let named: Vec<&str> = self.0.iter().map(|setting| setting.name).collect();
        self.0.extend(others.0.into_iter().filter(|setting| !named.contains(&setting.name)));
        self
    }

    /// The values of an option that may be repeated.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &Setting> {
        self.0.iter().filter(move |setting| setting.name == name)
    }

    /// The value of an option that may not.
    pub(crate) fn one(&self, name: &str) -> Option<&Setting> {
        self.all(name).next()
    }

    /// Whether a switch is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.one(name).is_some_and(|setting| setting.value == "true")
    }

    fn add(&mut self, setting: Setting, takes: Takes) -> Result<(), Refusal> {
        if takes != Takes::Many && self.one(setting.name).is_some() {
            return Err(setting.refuse("is given twice", "give it once"));
        }
        if takes == Takes::Nothing && setting.value != "true" && setting.value != "false" {
            return Err(setting.refuse("is a switch", "write `true` or `false`"));
        }
        self.0.push(setting);
        Ok(())
    }
}

impl Setting {
    /// The value, where it may be a path.
    pub(crate) fn value(&self) -> &OsStr {
        &self.value
    }

    /// The value, where it must be text.
    pub(crate) fn text(&self) -> Result<&str, Refusal> {
        self.value.to_str().ok_or_else(|| self.refuse("is not UTF-8", "write it in plain letters"))
    }

    /// A refusal that names the place, the rule and the repair.
    pub(crate) fn refuse(&self, rule: &str, repair: &str) -> Refusal {
        Refusal::new(format!("{self} {rule}; {repair}"))
    }

    /// Puts the place before a refusal that has its own text; a flag is in sight anyway.
    pub(crate) fn locate(&self, refusal: Refusal) -> Refusal {
        match self.place {
            Place::Flag => refusal,
            _ => Refusal::new(format!("{self}: {refusal}")),
        }
    }
}

/// The setting as it was written, with its place.
impl fmt::Display for Setting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, place } = self;
        let value = value.display();
        match place {
            Place::Flag => write!(out, "`--{name} {value}`"),
            Place::Environment => {
                let name = name.to_ascii_uppercase().replace('-', "_");
                write!(out, "`{PREFIX}{name}={value}` of the environment")
            }
            Place::Line(path, line) => {
                write!(out, "`{name} = {value}` (`{}`, line {line})", path.display())
            }
        }
    }
}

const SEE_HELP: &str = "`cors-proxy --help` lists the options";

fn find(name: &str) -> Option<(&'static str, Takes)> {
    OPTIONS.iter().find(|(known, _)| *known == name).copied()
}

fn misread(error: &lexopt::Error) -> Refusal {
    Refusal::new(format!("{error}; {SEE_HELP}"))
}
