//! The letters that ship with this crate, in the order in which they are looked for.
//!
//! First IBM Plex, which everything is set in. Then, after whatever the caller hands in, one font a script for the letters
//! that Plex lacks: a name in any script prints, on a machine that has no font at all.

pub const PLEX: [&[u8]; 5] = [
    include_bytes!("../../fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../../fonts/IBMPlexSans-SemiBold.ttf"),
    include_bytes!("../../fonts/IBMPlexMono-Regular.ttf"),
    include_bytes!("../../fonts/IBMPlexSansArabic-Regular.ttf"),
    include_bytes!("../../fonts/IBMPlexSansHebrew-Regular.ttf"),
];

macro_rules! fallback {
    ($($name:literal),* $(,)?) => {
        [$(include_bytes!(concat!("../../fonts/fallback/", $name, ".ttf"))),*]
    };
}

/// Chinese, Japanese and Korean come last: the font for them also holds letters of other scripts, less well drawn.
pub const FALLBACK: [&[u8]; 18] = fallback![
    "NotoSansArmenian-Regular",
    "NotoSansBengali-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansEthiopic-Regular",
    "NotoSansGeorgian-Regular",
    "NotoSansGujarati-Regular",
    "NotoSansGurmukhi-Regular",
    "NotoSansKannada-Regular",
    "NotoSansKhmer-Regular",
    "NotoSansLao-Regular",
    "NotoSansMalayalam-Regular",
    "NotoSansMyanmar-Regular",
    "NotoSansOriya-Regular",
    "NotoSansSinhala-Regular",
    "NotoSansTamil-Regular",
    "NotoSansTelugu-Regular",
    "NotoSansThai-Regular",
    "DroidSansFallback",
];
