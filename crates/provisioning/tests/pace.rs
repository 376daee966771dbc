//! How long each stage of the pipeline takes, here and in a worker of a browser: the same program for
//! both, so that `cargo xtask bench --browser` can compare them. Otherwise few people go through, and
//! it is a test that each stage works where the page runs it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "clippy takes only the functions marked as tests for tests, not what they invent"
)]

#[path = "../examples/plan/workload.rs"]
mod configuration;
#[path = "../examples/workload/invent.rs"]
mod invent;
#[path = "../benches/speed/pipeline.rs"]
mod pipeline;
#[path = "../examples/workload/twister.rs"]
mod twister;
#[path = "../examples/workload/words.rs"]
mod words;

type Trouble = Box<dyn std::error::Error>;

/// A browser has no environment, so the number of people is known when this is compiled.
const PEOPLE: Option<&str> = option_env!("SCIM_WIZARD_PACE_PEOPLE");
/// The shortest of so many times counts.
const TIMES: usize = 3;

#[cfg(target_arch = "wasm32")]
mod here {
    use wasm_bindgen::prelude::wasm_bindgen;

    wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
    }

    pub(super) fn milliseconds() -> f64 {
        now()
    }

    pub(super) fn tell(line: &str) {
        wasm_bindgen_test::console_log!("{line}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod here {
    use std::sync::LazyLock;
    use std::time::Instant;

    #[expect(clippy::disallowed_methods, reason = "what is measured needs a clock")]
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub(super) fn milliseconds() -> f64 {
        BEGIN.elapsed().as_secs_f64() * 1e3
    }

    pub(super) fn tell(line: &str) {
        println!("{line}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn each_stage_takes_everybody_through() {
    let people = PEOPLE.map_or(200, |text| text.parse().expect("a number of people"));
    let workload = pipeline::Workload::new(people);
    for (title, stage) in pipeline::STAGES {
        let mut shortest = f64::INFINITY;
        for _ in 0..TIMES {
            let begin = here::milliseconds();
            let count = stage(&workload);
            shortest = shortest.min(here::milliseconds() - begin);
            assert!(count > people / 2, "{title}: {count}");
        }
        here::tell(&format!(
            "{{\"stage\":\"{title}\",\"people\":{people},\"milliseconds\":{shortest:.3}}}"
        ));
    }
}
