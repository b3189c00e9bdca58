"""Programs: answers, their order, and what is refused."""

import doctest
import json
import pickle
import subprocess
from datetime import UTC, datetime
from importlib import metadata

import pytest
from conftest import BROKEN, NEW, OLD, RECEIVED_AT, ROOT, by_command, is_read

import oim_config
from oim_config import Comparison, ConfigurationError, Coverage, Program, compare_many, coverage_many, validate

# Each takes a process. With all payloads every one of them meets much that it was not made for.
BODIES = sorted({file.read_bytes() for file in (ROOT / "tests/cases").glob("**/config.json")})[::8]


def test_answers_are_those_of_the_command(corpus, tmp_path):
    compared = 0
    for body in BODIES:
        try:
            program = Program(body)
        except ConfigurationError:
            continue
        answers = program.process_many(corpus, RECEIVED_AT)
        assert len(answers) == len(corpus)
        read = [answer for answer in answers if is_read(answer)]
        assert read == by_command(body, corpus, tmp_path)
        compared += len(read)
    assert compared > 3_000


def test_answers_are_aligned_and_each_is_that_of_its_payload_alone(corpus):
    program = Program(OLD)
    given = [payload for each in corpus for payload in (each, None)] + [None]
    answers = program.process_many(iter(given), RECEIVED_AT)
    assert len(answers) == len(given)
    for payload, answer in zip(given, answers):
        assert answer == (None if payload is None else Program(OLD).process_to_json(payload, RECEIVED_AT))


def test_many_megabytes_of_answers_stay_aligned():
    program = Program(OLD)
    answers = program.process_many([f'{{"node": "n{n}", "check": "{"x" * 3000}"}}' for n in range(3_000)], 0)
    assert sum(map(len, answers)) > 10 << 20
    assert [json.loads(answer)["alerts"][0]["tags"]["host"] for answer in answers] == [f"n{n}" for n in range(3_000)]


def test_options():
    program = Program(OLD)
    payload = '{"node": "web-1", "load": 4.20}'
    assert program.process(payload, 0, additional_tags="map")["alerts"][0]["tags"] == {"host": "web-1", "load": "4.20"}
    assert "trace" not in program.process(payload, 0)
    assert program.process(payload, 0, trace=True)["trace"][0]["steps"]
    with pytest.raises(ValueError, match="additional_tags: expected"):
        program.process(payload, 0, additional_tags="all")


def test_time_of_receipt():
    program = Program(OLD)

    def seconds(payloads, received_at):
        return [json.loads(answer)["alerts"][0]["timestamp"] for answer in program.process_many(payloads, received_at)]

    payload = '{"node": "web-1"}'
    assert seconds([payload] * 2, 1_999) == [1, 1]
    assert seconds([payload] * 2, [1_000, datetime(2026, 1, 31, 12, tzinfo=UTC)]) == [1, 1_769_860_800]
    with pytest.raises(ValueError, match="received_at has 1 times for 2 payloads"):
        program.process_many([payload] * 2, [0])
    with pytest.raises(ValueError, match="needs a time zone"):
        program.process(payload, datetime(2026, 1, 31))
    with pytest.raises(ValueError, match="nan is no time"):
        program.process(payload, float("nan"))
    for wrong in ("2026-01-31", None, True, [None]):
        with pytest.raises(TypeError, match="received_at: expected"):
            program.process_many([payload], wrong)
    with pytest.raises(TypeError):
        program.process(payload)


def test_wrong_types_are_refused():
    program = Program(OLD)
    with pytest.raises(TypeError, match="payload 1: expected bytes, str or None, not int"):
        program.process_many(["{}", 5], 0)
    with pytest.raises(TypeError, match="payload: expected bytes or str, not None"):
        program.process(None, 0)
    with pytest.raises(TypeError):
        Program(None)
    with pytest.raises(UnicodeEncodeError):
        program.process("\ud800", 0)


def test_a_broken_configuration_says_what_is_wrong():
    with pytest.raises(ConfigurationError, match=r"does not compile\nerror\[") as caught:
        Program(BROKEN)
    assert {"wrong-type", "missing-attribute"} <= {diagnostic["code"] for diagnostic in caught.value.diagnostics}
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.diagnostics) == (str(caught.value), caught.value.diagnostics)
    with pytest.raises(ConfigurationError, match="the new configuration"):
        Comparison(OLD, BROKEN)
    # What can be run is run, and what is wrong with it is reported.
    assert "status-never-ok" in {d["code"] for d in Program(OLD.replace('"up"', "")).diagnostics}


def test_validate():
    assert validate(BROKEN)["valid"] is False
    body = f'{{"config": {OLD}, "sample_payload": ""}}'
    assert not validate(body)["valid"] and validate(body, mode="update")["valid"]
    assert any(d["code"] == "v2-config" or d["severity"] == "error" for d in validate(OLD, version="2")["diagnostics"])
    with pytest.raises(ValueError, match="mode: expected"):
        validate(body, mode="delete")


def test_comparisons_are_aligned_and_do_not_depend_on_each_other(corpus):
    slow = '{"node": "web-1", "check": "load", "test": "load-5m", "state": "slow"}'
    same = '{"node": "web-1", "check": "load", "state": "up"}'
    answers = compare_many(OLD, NEW, [same, None, slow, "{", *corpus], RECEIVED_AT)
    assert [answer and json.loads(answer)["same"] for answer in answers[:4]] == [True, None, False, True]
    assert {change["kind"] for change in json.loads(answers[2])["changes"]} == {"identity", "status", "tag"}
    assert json.loads(answers[3])["diagnostics"][0]["code"] == "json-syntax"
    assert len(answers) == 4 + len(corpus)
    for payload, answer in zip(corpus, answers[4:]):
        assert compare_many(OLD, NEW, [payload], RECEIVED_AT) == [answer]


def test_programs_and_comparisons_can_be_pickled():
    payload = '{"node": "web-1", "test": "load"}'
    for made, run in ((Program(OLD), Program.process_many), (Comparison(OLD, NEW), Comparison.compare_many)):
        assert run(pickle.loads(pickle.dumps(made)), [payload], 0) == run(made, [payload], 0)


def test_the_version_of_the_wheel_is_that_of_the_engine():
    assert metadata.version("oim-config") == oim_config.version()


def test_the_example_in_the_documentation():
    done = doctest.testmod(oim_config)
    assert done.attempted > 2 and done.failed == 0


def coverage_by_command(body, lines, folder):
    (folder / "body.json").write_bytes(body)
    (folder / "lines.ndjson").write_bytes(b"\n".join(lines) + b"\n")
    command = ["node", str(ROOT / "dist/oim.mjs"), "coverage", "body.json", "lines.ndjson", "--format", "json"]
    done = subprocess.run([*command, "--received-at", "2023-11-14T22:13:20Z"], cwd=folder, capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    counted = json.loads(done.stdout)
    # Which files the payloads are from.
    del counted["inputs"]
    return counted


def test_coverage_is_that_of_the_command(corpus, tmp_path):
    compared = 0
    for body in BODIES[:20]:
        try:
            counted = coverage_many(body, corpus, RECEIVED_AT)
        except ConfigurationError:
            continue
        assert counted == coverage_by_command(body, corpus, tmp_path)
        compared += counted["alerts"]
    assert compared > 1_000


def test_coverages_of_parts_merge_into_that_of_all(corpus):
    whole = Coverage(OLD)
    given = [payload for each in corpus[:90] for payload in (each, None)]
    whole.add_many(given, RECEIVED_AT)
    for cut in (0, 1, 77, len(given)):
        first, second = Coverage(OLD), Coverage(OLD)
        first.add_many(iter(given[:cut]), RECEIVED_AT)
        second.add_many(given[cut:], [RECEIVED_AT] * (len(given) - cut))
        first.merge(pickle.loads(pickle.dumps(second)))
        assert first.to_json() == whole.to_json()
    in_steps = Coverage(OLD)
    for payload in given:
        in_steps.add_many([payload], RECEIVED_AT)
    assert in_steps.to_json() == whole.to_json()
    with pytest.raises(ValueError, match="different configurations"):
        whole.merge(Coverage(NEW))
    with pytest.raises(ConfigurationError, match="does not compile"):
        Coverage(BROKEN)
