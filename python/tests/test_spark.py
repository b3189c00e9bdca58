"""Apache Spark on this machine: classic or over Spark Connect, as OIM_SPARK says, since a process can have only one."""

import json
import os
import sys

import pytest
from conftest import BROKEN, NEW, OLD, PANIC, RECEIVED_AT, documented

from oim_config import ConfigurationError, Program, coverage_many

MODE = os.environ.get("OIM_SPARK")
if MODE is None:
    pytest.skip("Spark: Java 17 or PySpark is not there", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as f  # noqa: E402

from oim_config import spark as oim  # noqa: E402

# What Spark warns of is not about this package.
pytestmark = pytest.mark.filterwarnings("default")

COUNT = 2_000


@pytest.fixture(scope="module")
def session():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # For what starts the JVM of a server.
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.config("spark.sql.shuffle.partitions", "2")
    if MODE == "connect":
        session = builder.remote("local[2]").getOrCreate()
    else:
        session = builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def payload(number):
    return json.dumps({"node": f"n{number}", "check": "load", "state": ("up", "down", "slow")[number % 3]})


@pytest.fixture(scope="module")
def frame(session, tmp_path_factory):
    """An archive in Parquet: payloads, one that is broken and one that is null, of more than one file."""
    folder = str(tmp_path_factory.mktemp("archive") / "parquet")
    rows = [(number, payload(number)) for number in range(COUNT)] + [(COUNT, "{"), (COUNT + 1, None)]
    made = session.createDataFrame(rows, "id long, payload string")
    made = made.withColumn("received_at", f.timestamp_millis(f.lit(RECEIVED_AT)))
    made.repartition(4).write.parquet(folder)
    return session.read.parquet(folder)


def expected():
    payloads = [*(payload(number) for number in range(COUNT)), "{", None]
    answers = Program(OLD).process_many(payloads, RECEIVED_AT)
    return {number: answer and answer.decode() for number, answer in enumerate(answers)}


def test_answers_are_those_of_the_program(frame):
    answers = oim.answers(frame, OLD, keep=["id"]).cache()
    found = answers.collect()
    assert {row.id: row.answer for row in found} == expected()
    assert [row.id for row in found if row.problem == "payload-missing"] == [COUNT + 1]
    statuses = answers.select(f.from_json("answer", oim.ANSWER_TYPE).alias("a")).selectExpr("explode(a.alerts) as alert")
    counted = {row.status: row["count"] for row in statuses.groupBy("alert.status").count().collect()}
    assert counted == {"ok": 667, "critical": 1_333}


def test_a_table_of_changes(frame):
    changes = oim.changes(frame, OLD, NEW, keep=["id"])
    found = sorted((row.id, row.kind, row.after, row.code) for row in changes.collect())
    assert found[:2] == [(2, "status", '"warning"', None), (5, "status", '"warning"', None)]
    assert found[-2:] == [(COUNT, "diagnostic", None, "json-syntax"), (COUNT + 1, "missing", None, "payload-missing")]
    assert len(found) == 666 + 2


def test_coverage_of_partitions_is_that_of_all(frame):
    counted = oim.coverage(frame, OLD).to_dict()
    rows = frame.collect()
    assert counted == coverage_many(OLD, [row.payload for row in rows], RECEIVED_AT)
    assert (counted["payloads"], counted["unread"]["count"]) == (COUNT + 1, 1)


def test_mistakes_are_reported_before_there_is_a_job(frame):
    with pytest.raises(ConfigurationError, match="wrong-type"):
        oim.answers(frame, BROKEN)
    with pytest.raises(ValueError, match="no column `text`: there are `id`, `payload`, `received_at`"):
        oim.answers(frame, OLD, payload="text")


def test_a_panic_fails_the_job_with_its_reason_and_not_the_session(session, frame):
    bad = session.createDataFrame([(bytearray(PANIC), RECEIVED_AT)], "payload binary, received_at long")
    with pytest.raises(Exception, match="a mistake in oim-config"):
        oim.answers(bad, OLD).collect()
    assert oim.answers(frame.limit(1), OLD).count() == 1


def test_a_stream_of_files(session, frame, tmp_path):
    folder = tmp_path / "in"
    frame.where("id < 500").write.parquet(str(folder))
    stream = session.readStream.schema(frame.schema).parquet(str(folder))
    answers = oim.answers(stream, OLD, keep=["id"])
    writer = answers.writeStream.option("checkpointLocation", str(tmp_path / "state")).trigger(availableNow=True)

    def run():
        writer.start(path=str(tmp_path / "out"), format="parquet").awaitTermination(120)
        return {row.id: row.answer for row in session.read.parquet(str(tmp_path / "out")).collect()}

    every = expected()
    assert run() == {number: every[number] for number in range(500)}
    # Only what has come since is run.
    frame.where("id >= 500 and id < 600").write.mode("append").parquet(str(folder))
    assert run() == {number: every[number] for number in range(600)}


def test_the_job_of_the_page(session, tmp_path):
    documented(tmp_path)
    lines = (tmp_path / "archive.ndjson").read_text().splitlines()
    rows = [(number, line, RECEIVED_AT) for number, line in enumerate(lines, 1)]
    archive = session.createDataFrame(rows, "id long, payload string, received_at long")
    archive.write.parquet(str(tmp_path / "archive.parquet"))
    job = (tmp_path / "spark_changes.py").read_text()
    for name in ("archive.parquet", "old.json", "new.json", "changes"):
        # A session that is there already has a folder of its own.
        job = job.replace(f'"{name}"', repr(str(tmp_path / name)))
    exec(compile(job, "spark_changes.py", "exec"), {})
    found = session.read.parquet(str(tmp_path / "changes")).collect()
    assert sorted((row.id, row.kind) for row in found) == [(1, "status"), (2, "identity"), (2, "tag"), (4, "diagnostic")]
