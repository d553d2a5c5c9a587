//! A scenario's files, and the design that a command asks for.
//!
//! Parts are looked for in `parts/` beside the scenario's folder and below it, as the language says. A word that is no
//! file may be the name of a scenario that ships.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use seatrial_scenario::{Compiled, Decision, Doubt, compile};
use seatrial_source::{Diagnostic, PER_FILE, Report, Sources, Span, Style, nearest, render_all, summary};

use crate::{Failure, check, designs::Picked, files};

/// Bytes of one file; a scenario has a few thousand.
const BYTES_MAX: u64 = 4 << 20;
const PARTS_MAX: usize = 500;

/// What every command about a running system is told.
#[derive(Debug, Args)]
pub struct Chosen {
    /// The scenario's file, or the name of one that ships; with `#name` at the end, that variation of it
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A design of the scenario by its name, or a file of `decision: option` lines; the system as found when left out
    #[arg(long, value_name = "NAME|FILE")]
    pub design: Option<String>,
    /// Answers one decision, or sets one path, on top of the design; may be repeated
    #[arg(long = "set", value_name = "DECISION=OPTION")]
    pub sets: Vec<String>,
}

/// A scenario without mistakes.
pub struct Scenario {
    pub compiled: Arc<Compiled>,
    read: Read,
}

/// Files by the path under which the language finds them, and each path as people wrote it.
struct Read {
    files: BTreeMap<String, Vec<u8>>,
    shown: BTreeMap<String, String>,
    entry: String,
    /// Which variation was asked for.
    variation: Option<String>,
}

impl Read {
    /// As the language is asked for it.
    fn asked(&self) -> String {
        match &self.variation {
            Some(name) => format!("{}#{name}", self.entry),
            None => self.entry.clone(),
        }
    }
}

pub fn load(file: &Path) -> Result<Scenario, Failure> {
    let read = read(file)?;
    let (compiled, diagnostics) = compile(&read.files, &read.asked());
    tell(&read, &diagnostics, compiled.is_none());
    let compiled = compiled.ok_or_else(|| Failure::input(format!("{} has mistakes", file.display())))?;
    Ok(Scenario { compiled: Arc::new(compiled), read })
}

/// Mistakes of one scenario on standard error, and its compiled form without them.
pub fn checked(file: &Path) -> Result<Option<Compiled>, Failure> {
    let read = read(file)?;
    let (compiled, diagnostics) = compile(&read.files, &read.asked());
    tell(&read, &diagnostics, true);
    Ok(compiled)
}

/// A scenario as it stands at this moment, for whoever looks at it again and again.
pub struct Look {
    pub entry: String,
    /// Text by the path under which the language finds it: what the scenario is made of, when it holds.
    pub files: Option<BTreeMap<String, String>>,
    /// What is wrong with it, or worth a second look, as `seatrial check` prints it without colour.
    pub said: String,
}

pub fn look(file: &Path) -> Result<Look, Failure> {
    let read = read(file)?;
    let (compiled, found) = compile(&read.files, &read.entry);
    let (files, found) = shown(&read, &found);
    let said = if found.is_empty() { String::new() } else { format!("{}\n{}", render_all(&found, &Sources::new(&files), Style::default()), summary(&found)) };
    let text = |path: &String| Some((path.clone(), String::from_utf8(read.files.get(path)?.clone()).ok()?));
    let files = compiled.map(|compiled| compiled.read.iter().filter_map(text).collect());
    Ok(Look { entry: read.entry, files, said })
}

fn tell(read: &Read, diagnostics: &[Diagnostic], always: bool) {
    if diagnostics.is_empty() && !always {
        return;
    }
    let (files, diagnostics) = shown(read, diagnostics);
    check::draw(&diagnostics, &files);
}

/// Files and diagnostics by the paths that people wrote.
fn shown(read: &Read, diagnostics: &[Diagnostic]) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let shown = |path: &str| read.shown.get(path).cloned().unwrap_or_else(|| path.to_owned());
    let files = read.files.iter().map(|(path, bytes)| (shown(path), bytes.clone())).collect();
    (files, diagnostics.iter().cloned().map(|d| Diagnostic { file: shown(&d.file), ..d }).collect())
}

/// Whether a word is the name of a scenario that ships, and its path inside the program.
fn shipped(file: &Path) -> Option<String> {
    let name = file.to_str()?.strip_suffix(".yaml").unwrap_or(file.to_str()?);
    let path = format!("scenarios/{name}.yaml");
    (!name.contains('/') && files::shipped().contains_key(&path)).then_some(path)
}

fn read(file: &Path) -> Result<Read, Failure> {
    let (file, variation) = split(file);
    let read = read_as_written(&file)?;
    Ok(Read { variation, ..read })
}

/// `retry-storm#second_town`: the file, and a variation of it.
fn split(file: &Path) -> (PathBuf, Option<String>) {
    let whole = || (file.to_owned(), None);
    if fs::symlink_metadata(file).is_ok() {
        return whole();
    }
    match file.to_str().and_then(|text| text.rsplit_once('#')) {
        Some((file, name)) => (file.into(), Some(name.to_owned())),
        None => whole(),
    }
}

fn read_as_written(file: &Path) -> Result<Read, Failure> {
    if fs::symlink_metadata(file).is_err()
        && let Some(entry) = shipped(file)
    {
        let files = files::shipped();
        let shown = files.keys().map(|path| (path.clone(), format!("(shipped) {path}"))).collect();
        return Ok(Read { files, shown, entry, variation: None });
    }
    let bytes = bounded(file)?;
    let whole = fs::canonicalize(file).map_err(|e| Failure::input(format!("cannot read {}: {e}", file.display())))?;
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = whole.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    // The language sees the file, its folder and what lies beside that; nothing above.
    let folder = folder.unwrap_or_else(|| "scenarios".into());
    let entry = format!("{folder}/{name}");
    let beside = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let above = match beside.parent() {
        Some(above) if beside.file_name().is_some() && !beside.ends_with("..") => above.to_owned(),
        _ => beside.join(".."),
    };
    let mut read = Read {
        files: BTreeMap::from([(entry.clone(), bytes)]),
        shown: BTreeMap::from([(entry.clone(), file.display().to_string())]),
        entry,
        variation: None,
    };
    let folders = [(above, String::new()), (beside.to_owned(), format!("{folder}/"))];
    // Parts, and manifests that services are read from.
    let both = folders.iter().flat_map(|(folder, inside)| ["parts", "material"].map(|below| (folder.join(below), format!("{inside}{below}/"))));
    for (parts, inside) in both {
        let Ok(entries) = fs::read_dir(&parts) else { continue };
        for path in entries.flatten().map(|entry| entry.path()).take(PARTS_MAX) {
            let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".yaml")) else { continue };
            let key = format!("{inside}{name}");
            let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
            read.files.insert(key.clone(), bounded(&path)?);
            read.shown.insert(key, shown);
        }
    }
    Ok(read)
}

/// A file's bytes, if it is a file and not beyond all measure.
pub fn bounded(file: &Path) -> Result<Vec<u8>, Failure> {
    let say = |why: std::io::Error| match why.kind() {
        std::io::ErrorKind::NotFound => {
            let ships: Vec<String> = files::scenarios();
            let near = file.to_str().and_then(|word| nearest(word, ships.iter().map(String::as_str)));
            let hint = match near {
                Some(near) => format!("did you mean `{near}`, which ships?"),
                None => format!("name a scenario's file, or one that ships: {}", ships.join(", ")),
            };
            Failure::input(format!("there is no {}", file.display())).hint(hint)
        }
        std::io::ErrorKind::PermissionDenied => Failure::input(format!("{} may not be read", file.display())),
        _ => Failure::input(format!("cannot read {}: {why}", file.display())),
    };
    let about = fs::metadata(file).map_err(say)?;
    if about.is_dir() {
        return Err(Failure::input(format!("{} is a folder", file.display())).hint("name the file of a scenario in it"));
    }
    if !about.is_file() {
        return Err(Failure::input(format!("{} is no file that ends", file.display())).hint("name the file of a scenario"));
    }
    if about.len() > BYTES_MAX {
        let most = BYTES_MAX >> 20;
        return Err(Failure::input(format!("{} is larger than {most} MiB, which no scenario is", file.display())));
    }
    fs::read(file).map_err(say)
}

impl Scenario {
    /// Its own path and the files that it is made of, and no others that lie there. What the folder is called on this
    /// machine is nothing of it.
    pub fn files(&self) -> (String, BTreeMap<String, String>) {
        let folder = self.read.entry.split_once('/').map_or("", |(folder, _)| folder);
        let general = |path: &str| match path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) if folder != "parts" => format!("scenarios/{rest}"),
            _ => path.to_owned(),
        };
        let of = |path: &String| Some((general(path), String::from_utf8_lossy(self.read.files.get(path)?).into_owned()));
        (general(&self.read.asked()), self.compiled.read.iter().filter_map(of).collect())
    }

    /// What the compiler warned of, and what else is worth a second look, with lines and columns, by file and place.
    pub fn located(&self, doubts: Vec<Doubt>) -> Vec<Diagnostic> {
        let sources = Sources::new(&self.read.files);
        let report = Report::new(&sources);
        self.compiled.warnings.iter().cloned().for_each(|warning| report.add(warning));
        for doubt in doubts {
            let (file, span) = doubt.place.map_or_else(|| (self.read.entry.clone(), Span::default()), |place| (place.file, place.span));
            report.add(Diagnostic::warning(&file, span, doubt.code, doubt.message).help(doubt.help));
        }
        let shown = |d: Diagnostic| Diagnostic { file: self.read.shown.get(&d.file).cloned().unwrap_or(d.file), ..d };
        report.finish(PER_FILE).into_iter().map(shown).collect()
    }

    /// The design that was asked for.
    pub fn pick(&self, chosen: &Chosen) -> Result<Picked, Failure> {
        let sets: Vec<&str> = chosen.sets.iter().map(String::as_str).collect();
        self.picked(chosen.design.as_deref(), &sets, |set| format!("--set {set}"))
    }
}

/// What a decision can be answered with.
pub fn options(decision: &Decision) -> Vec<String> {
    match &decision.answers {
        seatrial_scenario::Answers::Options(choices) => choices.iter().map(|choice| choice.name.clone()).collect(),
        seatrial_scenario::Answers::Value { .. } => Vec::new(),
    }
}
