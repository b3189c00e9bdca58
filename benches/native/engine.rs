//! The native engine on the payloads of `npm run bench`: the same bytes, and the answers that the package gives.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use oim_config::{
    Engine, ProcessOptions, ValidateOptions, compile, fields, import_body, suggest, validate,
};

/// The configuration, and by its name each payload with its answer.
struct Inputs {
    body: Vec<u8>,
    payloads: Vec<(String, Vec<u8>, Vec<u8>)>,
}

/// Reads what `benches/files.mjs` wrote into the folder that `OIM_PAYLOADS` names.
fn inputs() -> Inputs {
    let folder = PathBuf::from(env::var_os("OIM_PAYLOADS").expect("OIM_PAYLOADS: run `npm run bench -- --native`"));
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let names = String::from_utf8(read("names.txt")).unwrap();
    let payload = |(number, name): (usize, &str)| {
        (name.to_owned(), read(&format!("{number}.payload.json")), read(&format!("{number}.answer.json")))
    };
    Inputs { body: read("body.json"), payloads: names.lines().enumerate().map(payload).collect() }
}

fn options() -> ProcessOptions {
    ProcessOptions::received_at_ms(1_704_067_200_000.0)
}

fn processing(criterion: &mut Criterion) {
    let Inputs { body, payloads } = inputs();
    let program = compile(&body).program.unwrap();
    let traced = ProcessOptions { trace: true, ..options() };
    let mut group = criterion.benchmark_group("process_to_json");
    for (name, payload, answer) in &payloads {
        assert!(program.process_to_json(payload, &options()) == *answer, "{name}: another answer than the package's");
        group.throughput(Throughput::Bytes(payload.len() as u64));
        for (how, options) in [("", options()), (", with trace", traced.clone())] {
            let mut engine = Engine::new();
            group.bench_with_input(BenchmarkId::from_parameter(format!("{name}{how}")), payload, |bencher, payload| {
                bencher.iter(|| engine.process_to_json(&program, black_box(payload), &options).len());
            });
        }
    }
    group.finish();
}

fn documents(criterion: &mut Criterion) {
    let Inputs { body, payloads } = inputs();
    let mut group = criterion.benchmark_group("documents");
    group.bench_function("compile", |bencher| bencher.iter(|| compile(black_box(&body)).program.is_some()));
    let text = String::from_utf8(body.clone()).unwrap();
    group.bench_function("import_body", |bencher| bencher.iter(|| import_body(black_box(&text)).text.is_some()));
    for (name, payload, _) in &payloads {
        group.throughput(Throughput::Bytes(payload.len() as u64));
        let sampled = sampled(&body, payload);
        group.bench_with_input(BenchmarkId::new("validate", name), &sampled, |bencher, sampled| {
            bencher.iter(|| validate(black_box(sampled), ValidateOptions::default()).valid);
        });
        group.bench_with_input(BenchmarkId::new("suggest", name), payload, |bencher, payload| {
            bencher.iter(|| suggest(black_box(payload)).reasons.len());
        });
        group.bench_with_input(BenchmarkId::new("fields", name), payload, |bencher, payload| {
            bencher.iter(|| fields(black_box(payload), Some("alerts")).len());
        });
    }
    group.finish();
}

/// The body with a payload as its sample.
fn sampled(body: &[u8], payload: &[u8]) -> Vec<u8> {
    let empty = br#""sample_payload":"""#;
    let before = body.strip_suffix(&[empty.as_slice(), b"}"].concat()[..]).unwrap();
    [before, br#""sample_payload":"#, payload, b"}"].concat()
}

criterion_group! {
    name = native;
    // Two seconds show what there is to see; the payloads of 6 MB take some milliseconds each.
    config = Criterion::default().sample_size(20).measurement_time(std::time::Duration::from_secs(2));
    targets = processing, documents
}
criterion_main!(native);
