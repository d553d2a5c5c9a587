//! What the command says about itself.

use crate::run::{repository, run};

#[test]
fn every_command_explains_itself() {
    let here = repository();
    let systems = ["run --help", "history --help", "explain --help", "separates --help", "validate --help", "compare --help", "sweep --help", "reduce --help"];
    let kits = ["serve --help", "demo --help", "check --help", "kit --help", "kit export --help", "kit schema --help"];
    let authors = ["new --help", "new scenario --help", "new area --help", "schema --help"];
    let admin = ["admin --help", "admin reset-link --help"];
    for args in ["--help"].into_iter().chain(systems).chain(kits).chain(authors).chain(admin) {
        let ran = run(&here, &args.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{args}");
        insta::assert_snapshot!(args.replace("--", "").replace(' ', "_"), ran.text());
    }
}

#[test]
fn without_a_command_it_says_what_there_is_and_a_wrong_word_is_answered_with_the_right_one() {
    let here = repository();
    let none = run(&here, &[]);
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("seatrial serve"), "{}", none.stderr);
    let wrong = run(&here, &["chekc", "kits"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("check"), "{}", wrong.stderr);
    let ran = run(&here, &["--version"]);
    assert_eq!((ran.code, ran.text()), (0, concat!("seatrial ", env!("CARGO_PKG_VERSION"), "\n")));
}
