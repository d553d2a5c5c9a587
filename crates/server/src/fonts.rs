//! Better letters for PDF than those that ship behind Plex: for Chinese, Japanese and Korean the machine's own font, where
//! it has one that is better drawn or holds more of them. It is looked for only when a text needs it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use seatrial_export::Fonts;

/// Where systems keep fonts; the last one is joined to the home folder.
const FOLDERS: [&str; 6] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:\\Windows\\Fonts", ".local/share/fonts"];

/// Fonts for East Asia, by the beginning of the file's name; the first that is found is taken.
const WANTED: [&str; 8] = [
    "NotoSansCJK-Regular",
    "NotoSansCJKsc-Regular",
    "NotoSansSC-Regular",
    "NotoSansJP-Regular",
    "SourceHanSans-Regular",
    "wqy-microhei",
    "PingFang",
    "msyh",
];

/// Folders within each other that are looked into.
const DEPTH_MAX: usize = 4;

/// Fonts for a text: none when what ships will do.
pub fn fonts_for(text: &str) -> Fonts {
    if !text.chars().any(is_east_asian) {
        return Fonts::default();
    }
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let mut found: Vec<(usize, PathBuf)> = Vec::new();
    for folder in FOLDERS {
        let folder = Path::new(folder);
        match &home {
            Some(home) if folder.is_relative() => look(&home.join(folder), 0, &mut found),
            _ => look(folder, 0, &mut found),
        }
    }
    found.sort();
    let best = found.into_iter().next().and_then(|(_, path)| fs::read(path).ok());
    Fonts::new(best.into_iter().collect())
}

/// Scripts of East Asia, which IBM Plex lacks; fonts for others ship.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..)
}

fn look(folder: &Path, depth: usize, found: &mut Vec<(usize, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth < DEPTH_MAX {
            look(&entry.path(), depth + 1, found);
        } else if kind.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let letters = [".ttf", ".otf", ".ttc"].iter().any(|end| name.ends_with(end));
            if let Some(rank) = WANTED.iter().position(|w| name.starts_with(w)).filter(|_| letters) {
                found.push((rank, entry.path()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_east_asian;

    #[test]
    fn only_east_asian_names_ask_for_more() {
        assert!(!"Linh Trần, Seun, Łukasz, Ελένη, Олена, ליל, ليلى, अनन्या “–” … →".chars().any(is_east_asian));
        for name in ["小林 遥", "김민준", "ｆｕｌｌ"] {
            assert!(name.chars().any(is_east_asian), "{name}");
        }
    }
}
