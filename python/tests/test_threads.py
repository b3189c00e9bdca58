"""Threads, the GIL, and panics."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import NEW, OLD, PANIC, RECEIVED_AT, SLEEP

from oim_config import Comparison, Coverage, EngineError, Program


def in_threads(count, work):
    # A thread that waits while it has the GIL stops all others, so that no Python can notice. pytest then ends the
    # process: faulthandler_timeout in pyproject.toml.
    with ThreadPoolExecutor(count) as threads:
        list(threads.map(work, range(count)))


def test_threads_share_a_program_and_wait_for_nobody(corpus):
    program, comparison = Program(OLD), Comparison(OLD, NEW)
    expected = program.process_many(corpus, RECEIVED_AT), comparison.compare_many(corpus, RECEIVED_AT)

    def work(number):
        for _ in range(20):
            # Both take and give back the GIL and workers, at times that differ from thread to thread.
            for begin in range(number, len(corpus), 50):
                part = slice(begin, begin + 50)
                assert program.process_many(corpus[part], RECEIVED_AT) == expected[0][part]
            assert comparison.compare_many(corpus[:100], RECEIVED_AT) == expected[1][:100]

    in_threads(4, work)


def test_the_gil_is_released_while_the_engine_works():
    program = Program(OLD)
    thread = threading.Thread(target=program.process, args=(SLEEP, 0))
    thread.start()
    ticks = 0
    while thread.is_alive():
        time.sleep(0.001)
        ticks += 1
    # The engine takes a second. With the GIL held there would be the few ticks before it starts.
    assert ticks > 50


def test_engines_work_at_the_same_time():
    program = Program(OLD)
    since = time.monotonic()
    in_threads(4, lambda _: program.process(SLEEP, 0))
    assert time.monotonic() - since < 3.5


def test_a_panic_is_an_exception_and_nothing_else_suffers(corpus):
    program, comparison = Program(OLD), Comparison(OLD, NEW)
    expected = program.process_many(corpus, RECEIVED_AT)
    for _ in range(3):
        with pytest.raises(EngineError, match="a mistake in oim-config.*asked for by a test"):
            program.process_many([*corpus, PANIC], RECEIVED_AT)
        with pytest.raises(EngineError):
            comparison.compare_many([PANIC], 0)
        assert program.process_many(corpus, RECEIVED_AT) == expected
    assert issubclass(EngineError, Exception)
    assert comparison.compare_many(["{}"], 0)


def test_panics_in_some_threads_do_not_reach_others(corpus):
    program = Program(OLD)
    expected = program.process_many(corpus, RECEIVED_AT)

    def work(number):
        for _ in range(10):
            if number % 2:
                with pytest.raises(EngineError):
                    program.process(PANIC, 0)
            else:
                assert program.process_many(corpus, RECEIVED_AT) == expected

    in_threads(4, work)


def test_threads_count_into_one_coverage(corpus):
    whole, alone = Coverage(OLD), Coverage(OLD)
    in_threads(4, lambda _: whole.add_many(corpus, RECEIVED_AT))
    # Whichever thread comes first, there are the same payloads four times.
    for _ in range(4):
        alone.add_many(corpus, RECEIVED_AT)
    assert whole.to_json() == alone.to_json()


def test_a_panic_leaves_the_counts_as_they_were(corpus):
    coverage = Coverage(OLD)
    coverage.add_many(corpus, RECEIVED_AT)
    before = coverage.to_json()
    with pytest.raises(EngineError, match="asked for by a test"):
        coverage.add_many([*corpus, PANIC], RECEIVED_AT)
    assert coverage.to_json() == before
