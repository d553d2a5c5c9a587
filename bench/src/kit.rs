//! Reading and checking the kit that ships, and printing it, in this process.

use std::{
    collections::BTreeMap,
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use seatrial_export::{Format, Part, export};

use crate::{
    Outcome, Places,
    table::{Samples, Table},
};

const ROUNDS: usize = 31;
const PDF_ROUNDS: usize = 7;

pub fn measure(places: &Places, table: &mut Table) -> Outcome<()> {
    let mut files = BTreeMap::new();
    read(&places.kit, "", &mut files)?;
    let kit = seatrial_kit::load(&files).0.ok_or("the kit cannot be read")?;
    let yaml: Vec<&str> =
        files.iter().filter(|(path, _)| path.ends_with(".yaml")).map(|(_, bytes)| std::str::from_utf8(bytes)).collect::<Result<_, _>>()?;

    let (mut bytes, mut parsed, mut loaded, mut html, mut pdf) =
        (Samples::default(), Samples::default(), Samples::default(), Samples::default(), Samples::default());
    for round in 0..ROUNDS {
        bytes.push(timed(|| {
            let mut again = BTreeMap::new();
            read(&places.kit, "", &mut again)?;
            Ok(again)
        })?);
        parsed.push(timed(|| {
            let values: Result<Vec<serde_json::Value>, _> = yaml.iter().map(|text| serde_saphyr::from_str(text)).collect();
            Ok(values?)
        })?);
        loaded.push(timed(|| {
            let mut again = BTreeMap::new();
            read(&places.kit, "", &mut again)?;
            Ok(seatrial_kit::load(&again))
        })?);
        html.push(timed(|| Ok(export(&kit, &Part::Whole, Format::Html)?))?);
        if round < PDF_ROUNDS {
            pdf.push(timed(|| Ok(export(&kit, &Part::Whole, Format::Pdf)?))?);
        }
    }
    let size: usize = files.values().map(Vec::len).sum();
    table.floor(&format!("kit: reading its {} files, {} kB", files.len(), size.div_ceil(1024)), &bytes);
    table.floor(&format!("kit: its {} YAML files into plain values", yaml.len()), &parsed);
    table.row("kit: read and checked", &loaded, &[("reading", &bytes), ("plain values", &parsed)]);
    table.row("kit: whole, to HTML", &html, &[("read and checked", &loaded)]);
    table.row("kit: whole, to PDF", &pdf, &[("HTML", &html)]);
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let since = Instant::now();
    let made = black_box(work()?);
    let took = since.elapsed();
    drop(made);
    Ok(took)
}

fn read(folder: &Path, above: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}
