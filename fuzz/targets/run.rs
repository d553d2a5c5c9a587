#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| seatrial_fuzz::run(bytes));
