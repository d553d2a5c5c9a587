//! What is going to be written, and where. Nothing is on disk before all of it has been made and checked.

use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use seatrial_kit::Kit;

use crate::{Failure, atomic, check, files, schema};

/// The folder that something goes into.
#[derive(Debug)]
pub struct Place {
    pub root: PathBuf,
    /// Every file of the kit that the folder is.
    pub kit: Option<Within>,
}

#[derive(Debug)]
pub struct Within {
    pub files: BTreeMap<String, Vec<u8>>,
    pub kit: Kit,
}

impl Place {
    pub fn of(folder: &Path) -> Result<Place, Failure> {
        match fs::metadata(folder) {
            Err(why) if why.kind() == ErrorKind::NotFound => {
                return Err(Failure::input(format!("there is no {}", folder.display())).hint("make the folder first, or name another with --in"));
            }
            Err(why) => return Err(Failure::input(format!("cannot read {}: {why}", folder.display()))),
            Ok(about) if !about.is_dir() => return Err(Failure::input(format!("{} is a file, and --in names a folder", folder.display()))),
            Ok(_) => {}
        }
        if !folder.join("kit.yaml").is_file() {
            return Ok(Place { root: folder.to_owned(), kit: None });
        }
        let loaded = files::load_folder(folder)?;
        if loaded.has_errors() {
            check::report(&loaded, folder);
        }
        match loaded.kit {
            Some(kit) => Ok(Place { root: folder.to_owned(), kit: Some(Within { files: loaded.files, kit }) }),
            None => Err(Failure::input(format!("the kit in {} has mistakes", folder.display())).hint("mend them first: seatrial check lists them")),
        }
    }

    /// As one would write it.
    pub fn shown(&self, path: &str) -> String {
        let whole = self.root.join(path);
        whole.strip_prefix(".").unwrap_or(&whole).display().to_string()
    }
}

#[derive(Debug, Default)]
pub struct Draft {
    /// By path from the place's root.
    pub made: BTreeMap<String, String>,
    /// Files of the kit with something added to them.
    pub changed: BTreeMap<String, String>,
    /// Copies of what is there may stay: schemas, parts that ship.
    pub kept: BTreeMap<String, String>,
    /// What stands before every path.
    below: String,
    /// What to do next, line by line.
    pub next: Vec<String>,
}

impl Draft {
    /// `below` is the folder that everything goes into, with its slash; nothing for the place's own.
    pub fn new(below: &str) -> Draft {
        Draft { below: below.to_owned(), ..Draft::default() }
    }

    /// A file with the line by which editors find its schema.
    pub fn make(&mut self, path: &str, kind: &str, text: &str) {
        self.made.insert(format!("{}{path}", self.below), with_schema(path, kind, text));
    }

    /// The same for what may be there already.
    pub fn keep(&mut self, path: &str, kind: &str, text: &str) {
        self.kept.insert(format!("{}{path}", self.below), with_schema(path, kind, text));
    }

    /// The schemas that those lines name.
    pub fn schemas(&mut self, kinds: &[&str]) {
        for kind in kinds {
            if let Some(text) = schema::of(kind) {
                self.kept.insert(format!("{}{}", self.below, schema::file(kind)), text);
            }
        }
    }

    /// The kit with the draft in it must be as sound as it was.
    pub fn sound(&self, place: &Place) -> Result<(), Failure> {
        let Some(within) = &place.kit else { return Ok(()) };
        let mut all = within.files.clone();
        let kept = self.kept.iter().filter(|(path, _)| !all.contains_key(*path)).map(|(path, text)| (path.clone(), text.clone())).collect::<Vec<_>>();
        for (path, text) in self.made.iter().chain(&self.changed).map(|(path, text)| (path.clone(), text.clone())).chain(kept) {
            if !path.starts_with('.') {
                all.insert(path, text.into_bytes());
            }
        }
        let loaded = check::whole(all);
        if !loaded.has_errors() {
            return Ok(());
        }
        check::report(&loaded, &place.root);
        Err(Failure::input("with this in it the kit would have mistakes, so nothing was written").hint("choose another name, or mend the kit first"))
    }

    /// Which files were written, and which were added to.
    pub fn write(self, place: &Place) -> Result<(Vec<String>, Vec<String>), Failure> {
        if let Some(there) = self.made.keys().find(|path| fs::symlink_metadata(place.root.join(path)).is_ok()) {
            let say = format!("{} is there already, so nothing was written", place.shown(there));
            return Err(Failure::input(say).hint("choose another name, or another folder with --in"));
        }
        self.sound(place)?;
        let mut written = Vec::new();
        for (path, text) in &self.made {
            whole(&place.root.join(path), text.as_bytes())?;
            written.push(place.shown(path));
        }
        for (path, text) in &self.kept {
            let there = place.root.join(path);
            if fs::symlink_metadata(&there).is_err() {
                whole(&there, text.as_bytes())?;
                if !path.contains(schema::FOLDER) {
                    written.push(place.shown(path));
                }
            }
        }
        for (path, text) in &self.changed {
            atomic::write(&place.root.join(path), text.as_bytes())?;
        }
        Ok((written, self.changed.keys().map(|path| place.shown(path)).collect()))
    }
}

/// A new file, and the folders above it. Somebody who was quicker keeps theirs.
fn whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let say = |why: std::io::Error| Failure::new(format!("cannot write {}: {why}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(say)?;
    }
    let mut file = fs::File::create_new(path).map_err(say)?;
    file.write_all(bytes).map_err(say)
}

fn with_schema(path: &str, kind: &str, text: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!("{}{up}{}\n{text}", schema::MODELINE, schema::file(kind))
}
