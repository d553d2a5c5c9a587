//! Prints a kit and each of its parts into a folder, to be looked at: `print KIT_DIR OUT_DIR`.

use seatrial_export::{Format, LoopSession, LoopSheet, Part, export, file_name};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(from), Some(to)) = (args.next(), args.next()) else {
        return Err("print KIT_DIR OUT_DIR".into());
    };
    let mut files = BTreeMap::new();
    read(Path::new(&from), Path::new(&from), &mut files)?;
    let (kit, diagnostics) = seatrial_kit::load(&files);
    let Some(kit) = kit else {
        return Err(format!("{} mistakes in {from}", diagnostics.len()).into());
    };
    let mut parts = vec![Part::Whole];
    parts.extend(kit.areas.iter().map(|a| Part::Area(&a.id)));
    for pack in &kit.packs {
        parts.push(Part::Pack {
            pack: &pack.id,
            seniority: None,
        });
    }
    if let Some(pack) = kit.packs.first() {
        parts.push(Part::Loop(LoopSheet {
            title: format!("{}, autumn", pack.title),
            team: "Payments, Lisbon".to_owned(),
            bar: pack
                .seniorities
                .first()
                .map(|s| s.bar.clone())
                .unwrap_or_default(),
            rules: pack
                .seniorities
                .first()
                .map(|s| s.rules.clone())
                .unwrap_or_default(),
            sessions: pack
                .sessions
                .iter()
                .map(|s| LoopSession {
                    title: s.title.clone(),
                    asked_by: vec!["Inês Oliveira".to_owned(), "נועה לוי".to_owned()],
                    reason: s.reason.clone(),
                    items: s.items.clone(),
                })
                .collect(),
        }));
    }
    fs::create_dir_all(&to)?;
    for part in &parts {
        for format in Format::ALL {
            fs::write(
                Path::new(&to).join(file_name(&kit, part, format)),
                export(&kit, part, format)?,
            )?;
        }
    }
    fs::write(
        Path::new(&to).join("schema.json"),
        seatrial_export::json_schema(),
    )?;
    Ok(())
}

fn read(root: &Path, dir: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, files)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            files.insert(name.to_string_lossy().replace('\\', "/"), fs::read(&path)?);
        }
    }
    Ok(())
}
