//! tmp
use seatrial_wasm::practice::*;
use serde_json::json;
fn main() {
    let s = "charged-not-settled";
    let o = open(&serde_json::from_value(json!({"scenario": s})).unwrap()).unwrap();
    std::fs::write("/tmp/pr/open.json", serde_json::to_string_pretty(&o).unwrap()).unwrap();
    for (name, choices) in [("found", json!({})), ("again", json!({"no_answer":"again"})), ("again_same", json!({"no_answer":"again_same"})),
        ("good", json!({"no_answer": "again_same", "event_path": "stored", "half_done": "finish", "bad_message": "park"})),
        ("excellent", json!({"no_answer": "again_same", "event_path": "stored", "half_done": "finish", "bad_message": "park_permanent","books":"compared","sight":"full"}))] {
        let t = std::time::Instant::now();
        let order: Order = serde_json::from_value(json!({"scenario": s, "choices": choices, "seed": "1"})).unwrap();
        let out = Desk::run(order).unwrap();
        let took = t.elapsed();
        let text = serde_json::to_string(&out).unwrap();
        std::fs::write(format!("/tmp/pr/{name}.json"), &text).unwrap();
        println!("{name}: {took:?} {} bytes, digest {} events {}", text.len(), out.digest, out.events);
        for i in &out.invariants { println!("   {} {} undecided {} mended {} cost {} tickets {} {:?}", i.name, i.violations, i.undecided, i.mended, i.cost, i.tickets, i.keys.iter().take(3).map(|k| (k.serial, k.what.clone())).collect::<Vec<_>>()); }
        for d in &out.detection { println!("   {:?}", d); }
        if let Some(k) = out.invariants[0].keys.first() {
            let mut desk = Desk::default();
            desk.begin(serde_json::from_value(json!({"scenario": s, "choices": choices, "seed": "1", "watch": k.serial})).unwrap()).unwrap();
            desk.advance(u64::MAX).unwrap();
            let h = desk.history().unwrap();
            println!("  {} {}", h.what, h.came);
            for x in &h.steps { println!("     {:>10} {:9} {:10} {} {} {:?}", x.after, x.is, x.part, if x.seen {"seen"} else {"    "}, x.text, x.weighs); }
        }
    }
}
