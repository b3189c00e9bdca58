"""Record batches: types, nulls, parts, and what is refused."""

import json
import pickle
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from conftest import BROKEN, NEW, OLD, PANIC, RECEIVED_AT

from oim_config import ConfigurationError, EngineError, Program
from oim_config import arrow as oim
from oim_config.arrow import ANSWER_FIELDS, CHANGE_FIELDS, Answers, Changes

WEB = '{"node": "web-1", "check": "load", "state": "slow"}'


def table(payloads, received_at=None, **more):
    times = received_at if received_at is not None else pa.array([RECEIVED_AT] * len(payloads), pa.int64())
    return pa.table({"payload": payloads, "received_at": times, **more})


def answers_of(reader):
    return reader.read_all()["answer"].to_pylist()


def test_answers_are_those_of_the_program(corpus):
    texts = pa.array(corpus, pa.binary())
    expected = [answer.decode() for answer in Program(OLD).process_many(corpus, RECEIVED_AT)]
    given = table(texts, id=pa.array(range(len(corpus))))
    read = Answers(OLD, keep=["id"]).reader(given)
    assert read.schema == pa.schema([pa.field("id", pa.int64()), *ANSWER_FIELDS])
    found = read.read_all()
    assert found["answer"].to_pylist() == expected
    assert found["id"].to_pylist() == list(range(len(corpus)))
    assert found["problem"].null_count == len(corpus)
    # However the rows are cut.
    assert answers_of(Answers(OLD).reader(pa.Table.from_batches(given.to_batches(max_chunksize=7)))) == expected
    assert answers_of(Answers(OLD).reader(given.slice(11, 100))) == expected[11:111]


@pytest.mark.parametrize(
    "type_",
    [pa.binary(), pa.large_binary(), pa.binary_view(), pa.string(), pa.large_string(), pa.string_view()],
    ids=str,
)
def test_types_of_payloads(type_):
    given = table(pa.array([WEB, None, "{}", WEB], pa.string()).cast(type_))
    alone = Program(OLD).process_many([WEB, None, "{}", WEB], RECEIVED_AT)
    expected = [answer and answer.decode() for answer in alone]
    assert answers_of(Answers(OLD).reader(given)) == expected
    assert answers_of(Answers(OLD).reader(given.slice(1, 2))) == expected[1:3]
    if type_ in (pa.binary(), pa.string()):
        assert answers_of(Answers(OLD).reader(table(given["payload"].dictionary_encode()))) == expected


@pytest.mark.parametrize(
    "times",
    [
        pa.array([1_769_860_800_999], pa.int64()),
        pa.array([1_769_860_800_999], pa.uint64()),
        *(pa.array([datetime(2026, 1, 31, 12)], pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        pa.array([datetime(2026, 1, 31, 12, tzinfo=UTC)], pa.timestamp("us", "Europe/Berlin")),
    ],
    ids=lambda times: str(times.type),
)
def test_types_of_times(times):
    (answer,) = answers_of(Answers(OLD).reader(table([WEB], times)))
    assert json.loads(answer)["alerts"][0]["timestamp"] == 1_769_860_800


def test_each_row_has_its_own_time():
    times = pa.array([1_000, 2_000, None, 4_000], pa.int64())
    found = answers_of(Answers(OLD).reader(table([WEB] * 4, times).slice(1)))
    assert [answer and json.loads(answer)["alerts"][0]["timestamp"] for answer in found] == [2, None, 4]


def test_what_is_missing_has_a_row_that_says_so():
    given = table(pa.array([WEB, None, "{", None]), pa.array([0, 0, None, None], pa.int64()))
    found = Answers(OLD).reader(given).read_all()
    assert [answer is None for answer in found["answer"].to_pylist()] == [False, True, True, True]
    expected = [None, "payload-missing", "received-at-missing", "payload-missing"]
    assert found["problem"].to_pylist() == expected
    found = Changes(OLD, NEW).reader(given.slice(1)).read_all()
    assert found["kind"].to_pylist() == ["missing"] * 3 and found["code"].to_pylist() == expected[1:]
    nothing = Answers(OLD).reader(table(pa.nulls(2), pa.nulls(2))).read_all()
    assert nothing["problem"].to_pylist() == ["payload-missing"] * 2


def test_a_payload_that_cannot_be_read_fails_nothing():
    bad = [b"{", b"\xff\xfe", b"", WEB.encode()]
    found = answers_of(Answers(OLD).reader(table(pa.array(bad, pa.binary()))))
    assert [len(json.loads(answer)["alerts"]) for answer in found] == [0, 0, 0, 1]
    assert all(json.loads(answer)["diagnostics"] for answer in found[:3])
    found = Changes(OLD, NEW).reader(table(pa.array(bad, pa.binary()))).read_all().to_pylist()
    assert [row["kind"] for row in found] == ["diagnostic"] * 3 + ["status"]


def test_changes_are_a_table():
    both = '{"node": "web-1", "check": "load", "test": "load-5m", "state": "up"}'
    given = table([WEB, both, '{"node": "a", "state": "up"}'], id=["first", "second", "third"])
    reader = Changes(OLD, NEW, keep=["id"]).reader(given)
    assert reader.schema == pa.schema([pa.field("id", pa.string()), *CHANGE_FIELDS])
    found = reader.read_all().to_pylist()
    reported = [(row["id"], row["kind"], row["tag"], row["before"], row["after"], row["severity"]) for row in found]
    assert reported == [
        ("first", "status", None, '"critical"', '"warning"', "info"),
        ("second", "identity", None, '["web-1","load"]', '["web-1","load-5m"]', "warning"),
        ("second", "tag", "check", '"load"', '"load-5m"', "info"),
    ]
    assert {row["configuration"] for row in found} == {"new"} and found[0]["pointer"] == "/status"
    assert Changes(OLD, OLD).reader(given).read_all().num_rows == 0


def test_changes_that_are_not_listed_are_counted():
    each = ",".join(['{"node": "web-1", "state": "slow"}'] * 1_500)
    array = '{"is_array": true, "array_source": "alerts", '
    old, new = (
        body.replace("{", array, 1).replace('["', '["@alert.').replace("ok\": [\"@alert.", 'ok": ["').replace(
            'warning": ["@alert.', 'warning": ["'
        )
        for body in (OLD, NEW)
    )
    found = Changes(old, new).reader(table([f'{{"alerts": [{each}]}}'])).read_all().to_pylist()
    assert [row["kind"] for row in found].count("status") == 1_000
    assert found[-1]["kind"] == "not-listed" and "500 more changes of kind `status`" in found[-1]["message"]


def test_answers_of_many_megabytes_come_in_parts():
    payload = f'{{"node": "{"x" * 1_000_000}"}}'
    given = table([payload] * 40, id=pa.array(range(40)))
    batches = list(Answers(OLD, keep=["id"])(given.to_batches()))
    assert len(batches) > 2
    assert pa.Table.from_batches(batches)["id"].to_pylist() == list(range(40))


def test_batches_are_made_when_they_are_asked_for():
    asked = []

    def batches():
        for number in range(3):
            asked.append(number)
            yield table([WEB]).to_batches()[0]

    answers = Answers(OLD)(batches())
    assert asked == []
    next(answers)
    assert asked == [0]


def test_no_rows():
    assert Answers(OLD).reader(table(pa.array([], pa.string()))).read_all().num_rows == 0
    assert Changes(OLD, NEW).reader(table(pa.array([], pa.string()))).read_all().num_rows == 0


def test_wrong_use_is_refused_with_a_reason():
    with pytest.raises(ConfigurationError):
        Answers(BROKEN)
    with pytest.raises(ConfigurationError, match="the old configuration"):
        Changes(BROKEN, NEW)
    with pytest.raises(ValueError, match="no column `payload`: there are `text`, `received_at`"):
        Answers(OLD).reader(table([WEB]).rename_columns(["text", "received_at"]))
    with pytest.raises(ValueError, match="no column `id`"):
        Answers(OLD, keep=["id"]).reader(table([WEB]))
    with pytest.raises(ValueError, match="two columns `answer`"):
        Answers(OLD, keep=["answer"])
    with pytest.raises(ValueError, match="2 columns `payload`"):
        Answers(OLD).reader(table([WEB], id=["a"]).rename_columns(["payload", "received_at", "payload"]))
    with pytest.raises(TypeError, match="keep: expected a list"):
        Answers(OLD, keep="id")
    with pytest.raises(TypeError, match="`payload` has the type int64"):
        Answers(OLD).reader(table([1]))
    with pytest.raises(TypeError, match="`received_at` has the type double"):
        Answers(OLD).reader(table([WEB], pa.array([1.5])))


def test_pickled_transforms_work():
    given = table([WEB], id=["first"])
    for made in (Answers(OLD, keep=["id"], trace=True), Changes(OLD, NEW, keep=["id"])):
        assert pickle.loads(pickle.dumps(made)).reader(given).read_all() == made.reader(given).read_all()


def test_a_panic_ends_the_batch_and_not_the_process():
    transform = Answers(OLD)
    with pytest.raises(EngineError):
        list(transform(table(pa.array([PANIC], pa.binary())).to_batches()))
    assert len(answers_of(transform.reader(table([WEB])))) == 1


def test_buffers_that_can_be_written_to_are_not_read():
    buffers = dict.fromkeys(["payload_validity", "time_validity"])
    column = {"length": 1, "payload_offset": 0, "time_offset": 0, **buffers}
    column |= {"payload_offsets": bytes(16), "payload_data": bytearray(b"{}"), "times": bytes(8)}
    program = Program(OLD)._program
    with pytest.raises(ValueError, match="for reading only"):
        program.process_column(column, 0, False, "ignore")
    for short in ({"payload_offsets": bytes(8)}, {"times": bytes(4)}, {"payload_offset": 2**63}):
        with pytest.raises(ValueError, match="too short"):
            program.process_column({**column, "payload_data": b"{}", **short}, 0, False, "ignore")
    reverse = (5).to_bytes(8, "little") + (1).to_bytes(8, "little")
    with pytest.raises(ValueError, match="too short"):
        program.process_column({**column, "payload_data": b"{}", "payload_offsets": reverse}, 0, False, "ignore")


def test_every_column_is_described():
    assert all(f"``{field.name}``" in source for field in ANSWER_FIELDS for source in [read_source()])
    assert all(f"``{field.name}``" in read_source() for field in CHANGE_FIELDS if field.name not in ("tag", "message", "severity"))


def read_source():
    with open(oim.__file__, encoding="utf-8") as file:
        return file.read()
