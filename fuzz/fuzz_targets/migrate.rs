#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| oim_config_fuzz::check("migrate", data));
