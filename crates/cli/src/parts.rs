//! Many runs as parts in a folder: done once, whoever does them and however often they are interrupted. `plan.json` says
//! whose parts they are; each part is one file, whole or not there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rayon::prelude::*;
use seatrial_study::{Cell, Row, Trouble, part_size, read_part, write_part};

use crate::{
    Failure, atomic,
    figures::{count, counted},
    progress::Progress,
    spec::{Spec, Work},
};

const PLAN: &str = "plan.json";

/// One of several machines that share the parts: `2/8` is the third of eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    pub at: usize,
    pub of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let wrong = || format!("write it as I/N, such as 0/8; `{text}` is not so");
        let (at, of) = text.split_once('/').ok_or_else(wrong)?;
        let shard = Shard { at: at.trim().parse().map_err(|_| wrong())?, of: of.trim().parse().map_err(|_| wrong())? };
        match shard {
            Shard { of: 0, .. } => Err("there are no shards in none".into()),
            Shard { at, of } if at >= of => Err(format!("shards count from 0, so of {of} the last is {}/{of}", of - 1)),
            shard => Ok(shard),
        }
    }
}

impl Shard {
    fn has(self, part: usize) -> bool {
        part % self.of == self.at
    }
}

/// Cells in the parts that they are kept in.
pub struct Cut {
    cells: Vec<Cell>,
    size: usize,
}

impl Cut {
    pub fn new(work: &Work) -> Cut {
        let cells = work.cells();
        let size = part_size(cells.len());
        Cut { cells, size }
    }

    pub fn parts(&self) -> usize {
        self.cells.len().div_ceil(self.size)
    }

    pub fn runs(&self) -> usize {
        self.cells.len()
    }

    fn cells(&self, part: usize) -> &[Cell] {
        let from = part * self.size;
        self.cells.get(from..(from + self.size).min(self.cells.len())).unwrap_or_default()
    }
}

/// A folder of parts, whose plan is known to be the right one.
pub struct Folder {
    dir: PathBuf,
    id: String,
}

impl Folder {
    /// Makes the folder, or takes up what is there of the same plan.
    pub fn open(dir: &Path, spec: &Spec) -> Result<Folder, Failure> {
        fs::create_dir_all(dir).map_err(|why| Failure::new(format!("cannot make the folder {}: {why}", dir.display())))?;
        let folder = Folder { dir: dir.to_owned(), id: spec.id() };
        if folder.is_of(spec)? {
            return Ok(folder);
        }
        let stranger = stranger(dir)?;
        // Another shard may have come first between the two looks.
        if folder.is_of(spec)? {
            return Ok(folder);
        }
        if let Some(stranger) = stranger {
            return Err(Failure::input(format!("{} is no folder of parts: it holds {stranger} and no {PLAN}", dir.display()))
                .hint("name a folder that is empty or not there yet"));
        }
        atomic::write(&dir.join(PLAN), spec.text().as_bytes())?;
        Ok(folder)
    }

    /// Whether the plan is there; that of something else is refused.
    fn is_of(&self, spec: &Spec) -> Result<bool, Failure> {
        let plan = self.dir.join(PLAN);
        let bytes = match fs::read(&plan) {
            Ok(bytes) if bytes == spec.text().as_bytes() => return Ok(true),
            Ok(bytes) => bytes,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(why) => return Err(Failure::input(format!("cannot read {}: {why}", plan.display()))),
        };
        let why = match Spec::read(&bytes) {
            Ok(other) => spec.differs(&other),
            Err(why) => format!("its plan cannot be read: {why}"),
        };
        Err(Failure::input(format!("{} holds parts of something else: {why}", self.dir.display()))
            .hint("name another folder with --parts, or remove this one"))
    }

    /// The plan of a folder that somebody else has filled.
    pub fn plan(dir: &Path) -> Result<Spec, Failure> {
        let plan = dir.join(PLAN);
        let bytes = fs::read(&plan).map_err(|why| match why.kind() {
            io::ErrorKind::NotFound => {
                Failure::input(format!("{} holds no {PLAN}, so it is no folder of parts", dir.display())).hint("name what --parts named")
            }
            _ => Failure::input(format!("cannot read {}: {why}", plan.display())),
        })?;
        Spec::read(&bytes).map_err(|why| Failure::input(format!("{} is no plan of parts: {why}", plan.display())))
    }

    fn file(&self, part: usize) -> PathBuf {
        self.dir.join(format!("part-{part:05}.txt"))
    }

    /// The rows of a part; none when it has to be done, because it is not there or is torn.
    fn load(&self, cut: &Cut, part: usize) -> Result<Result<Vec<Row>, Option<String>>, Failure> {
        let file = self.file(part);
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Err(None)),
            Err(why) => return Err(Failure::input(format!("cannot read {}: {why}", file.display()))),
        };
        match read_part(&bytes, &self.id, part, cut.parts(), cut.cells(part)) {
            Ok(rows) => Ok(Ok(rows)),
            Err(Trouble::Torn(why)) => Ok(Err(Some(format!("{} is torn: {why}", file.display())))),
            Err(Trouble::Foreign(why)) => {
                Err(Failure::input(format!("{} does not belong here: {why}", file.display())).hint("remove it, or name another folder with --parts"))
            }
        }
    }

    /// Does what is missing of a shard's parts, or of all; the rows of what was done and what was there.
    pub fn fill(&self, work: &Work, cut: &Cut, shard: Option<Shard>) -> Result<Filled, Failure> {
        let own: Vec<usize> = (0..cut.parts()).filter(|part| shard.is_none_or(|shard| shard.has(*part))).collect();
        self.tidy(&own);
        let mut filled = Filled { rows: Vec::new(), there: 0, parts: own.len() };
        let mut missing = Vec::new();
        for &part in &own {
            match self.load(cut, part)? {
                Ok(rows) => {
                    filled.there += 1;
                    filled.rows.push((part, rows));
                }
                Err(torn) => {
                    if let Some(torn) = torn {
                        eprintln!("warning: {torn}; it is done anew");
                    }
                    missing.push(part);
                }
            }
        }
        let runs = |parts: &[usize]| parts.iter().map(|part| cut.cells(*part).len()).sum::<usize>();
        atomic::end_between_files(format!("what is whole stays in {}, and the same command goes on from there", self.dir.display()));
        let progress = Progress::new(&work.what(), runs(&own), runs(&own) - runs(&missing));
        let done: Result<Vec<(usize, Vec<Row>)>, Failure> = missing
            .par_iter()
            .map(|&part| {
                let rows: Vec<Row> = cut.cells(part).iter().map(|cell| progress.counts(work.run(*cell))).collect();
                atomic::write(&self.file(part), write_part(&self.id, part, cut.parts(), &rows).as_bytes())?;
                Ok((part, rows))
            })
            .collect();
        progress.end();
        filled.rows.extend(done?);
        filled.rows.sort_by_key(|(part, _)| *part);
        Ok(filled)
    }

    /// What a killed run left unfinished of these parts.
    fn tidy(&self, own: &[usize]) {
        let Ok(entries) = fs::read_dir(&self.dir) else { return };
        for name in entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
            let part = name.strip_prefix(atomic::UNFINISHED).and_then(|rest| rest.split_once("-part-")?.1.strip_suffix(".txt")?.parse().ok());
            if part.is_some_and(|part: usize| own.contains(&part)) {
                let _ = fs::remove_file(self.dir.join(name));
            }
        }
    }

    /// Takes the folder away, when all that it was for is done.
    pub fn remove(self, cut: &Cut) {
        for part in 0..cut.parts() {
            let _ = fs::remove_file(self.file(part));
        }
        let _ = fs::remove_file(self.dir.join(PLAN));
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(atomic::UNFINISHED) {
                let _ = fs::remove_file(entry.path());
            }
        }
        // Whatever else lies there is not ours.
        let _ = fs::remove_dir(&self.dir);
    }
}

/// What a folder holds after it was filled.
pub struct Filled {
    rows: Vec<(usize, Vec<Row>)>,
    pub there: usize,
    pub parts: usize,
}

impl Filled {
    /// In the order of the plan.
    pub fn rows(self) -> Vec<Row> {
        self.rows.into_iter().flat_map(|(_, rows)| rows).collect()
    }
}

/// Runs everything here and now, and keeps nothing.
pub fn in_memory(work: &Work) -> Vec<Row> {
    let cells = work.cells();
    let progress = Progress::new(&work.what(), cells.len(), 0);
    let rows = cells.par_iter().map(|cell| progress.counts(work.run(*cell))).collect();
    progress.end();
    rows
}

/// The rows of all parts, from one folder or several that share them.
pub fn gather(dirs: &[PathBuf]) -> Result<(Spec, Work, Vec<Row>), Failure> {
    let spec = match dirs.first() {
        Some(dir) => Folder::plan(dir)?,
        None => return Err(Failure::input("no folder of parts was named")),
    };
    let mut folders = Vec::new();
    for dir in dirs {
        let other = Folder::plan(dir)?;
        if other != spec {
            let say = format!("{} and {} hold parts of two plans: {}", dirs[0].display(), dir.display(), spec.differs(&other));
            return Err(Failure::input(say).hint("put together what one command has made"));
        }
        folders.push(Folder { dir: dir.clone(), id: spec.id() });
    }
    let engine = Spec { engine: format!("{} {}", env!("CARGO_PKG_VERSION"), seatrial_study::engine()), ..spec.clone() };
    if engine.engine != spec.engine {
        return Err(Failure::input(format!("{} cannot be put together here: {}", dirs[0].display(), engine.differs(&spec)))
            .hint("use the version of seatrial that made the parts"));
    }
    let work = spec.work()?;
    let cut = Cut::new(&work);
    let (mut rows, mut missing, mut torn) = (Vec::new(), Vec::new(), Vec::new());
    for part in 0..cut.parts() {
        let mut found = None;
        for folder in &folders {
            match folder.load(&cut, part)? {
                Ok(rows) => found = found.or(Some(rows)),
                Err(Some(said)) => torn.push(said),
                Err(None) => {}
            }
        }
        match found {
            Some(found) => rows.extend(found),
            None => missing.push(part),
        }
    }
    if !missing.is_empty() {
        torn.iter().for_each(|said| eprintln!("warning: {said}"));
        let shown: Vec<String> = missing.iter().take(8).map(|part| format!("part-{part:05}.txt")).collect();
        let more = if missing.len() > shown.len() { format!(" and {} more", count((missing.len() - shown.len()) as u64)) } else { String::new() };
        let say = format!("{} of {} are missing: {}{more}", count(missing.len() as u64), counted(cut.parts() as u64, "part"), shown.join(", "));
        return Err(Failure::input(say).hint("give each shard's command again: what is there is kept. Part P is done by shard P mod N"));
    }
    Ok((spec, work, rows))
}

/// Something in a folder that is no part and nothing unfinished.
fn stranger(dir: &Path) -> Result<Option<String>, Failure> {
    let entries = fs::read_dir(dir).map_err(|why| Failure::input(format!("cannot read {}: {why}", dir.display())))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| !name.starts_with(atomic::UNFINISHED)).min())
}
