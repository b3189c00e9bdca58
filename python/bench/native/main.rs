//! Runs the payloads of a file through a configuration, once for each line that comes in, and prints how many
//! nanoseconds of the processor that took and how many bytes of answers there were: `throughput body.json lines.ndjson`.
//! For the line `kept`, each answer is kept in memory of its own, as a list of answers has them; otherwise the next one
//! takes its place.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::{env, fs, io};

use oim_config::{Engine, ProcessOptions, compile};

/// How many answers are kept at the same time, where they are.
const PART: usize = 10_000;

/// What this thread has used of the processor, as Linux counts it. Waiting for other programs is not in it.
fn nanoseconds() -> u64 {
    let counts = fs::read_to_string("/proc/thread-self/schedstat").expect("it needs Linux");
    counts.split(' ').next().unwrap().parse().unwrap()
}

fn main() {
    let [body, lines] = [1, 2].map(|place| fs::read(env::args().nth(place).unwrap()).unwrap());
    let payloads: Vec<&[u8]> = lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).collect();
    let program = compile(body).program.unwrap();
    let options = ProcessOptions::received_at_ms(1_704_067_200_000.0);
    let mut engine = Engine::new();
    for line in io::stdin().lines() {
        let since = nanoseconds();
        let mut bytes = 0;
        if line.unwrap() == "kept" {
            for part in payloads.chunks(PART) {
                let answer = |payload: &&[u8]| engine.process_to_json(&program, payload, &options).to_vec();
                let answers: Vec<Vec<u8>> = part.iter().map(answer).collect();
                bytes += black_box(answers).iter().map(Vec::len).sum::<usize>();
            }
        } else {
            for payload in &payloads {
                bytes += engine.process_to_json(&program, payload, &options).len();
            }
        }
        println!("{} {bytes}", nanoseconds() - since);
    }
}
