"""How many payloads a second: the native engine, the wheel, Arrow, DuckDB, and Spark on two cores, in one run.

``node scripts/python.mjs --setup`` makes the environment; then, in the folder of the repository::

    target/python/venv/bin/python python/bench/throughput.py [--payloads n] [--rounds n] [--spark]

What the wheel is compared with is the native engine that keeps its answers as a list does, each in memory of its own;
one that lets each answer go before the next has less to do.

All have the same payloads, those of one alert of ``npm run bench``, and take turns. Time is that of the processor, so that
what else the machine does counts less; Spark, of which most is in other processes, is measured by the clock. A ratio is
the median of those of the rounds. It reports and never fails on time; other answers than those of the native engine
fail. It needs Linux.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from oim_config import Program
from oim_config.arrow import Answers, Changes

ROOT = Path(__file__).resolve().parents[2]
RECEIVED_AT = 1_704_067_200_000
KEPT = "native engine, answers kept"
ALONE = "native engine, one at a time"

INPUTS = """
import { writeFileSync } from "node:fs";
import { body } from "./benches/by-hand.mjs";
import { kinds, payloadsOf } from "./benches/payloads.mjs";
const folder = process.argv[1];
writeFileSync(`${folder}/body.json`, JSON.stringify(body));
const { status } = body.config;
const { warning, ...statuses } = status.status_map;
const changed = { ...status, status_map: { ...statuses, unknown: warning } };
writeFileSync(`${folder}/new.json`, JSON.stringify({ config: { ...body.config, status: changed } }));
writeFileSync(`${folder}/few.ndjson`, payloadsOf(kinds[0]).map(({ text }) => text).join("\\n"));
"""


class Native:
    """The native engine, as a process that runs the payloads when it is asked to."""

    def __init__(self, folder: Path) -> None:
        manifest = str(ROOT / "python/bench/native/Cargo.toml")
        target = str(ROOT / "target/python/native")
        subprocess.run(["cargo", "build", "--quiet", "--release", "--manifest-path", manifest, "--target-dir", target], check=True)
        command = [f"{target}/release/throughput", "body.json", "lines.ndjson"]
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, how: str = "") -> tuple[float, int]:
        """Seconds of the processor, and bytes of answers."""
        assert self.process.stdin and self.process.stdout
        print(how, file=self.process.stdin, flush=True)
        nanoseconds, size = self.process.stdout.readline().split()
        return int(nanoseconds) / 1e9, int(size)

    def close(self) -> None:
        self.process.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures payloads a second.")
    parser.add_argument("--payloads", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--spark", action="store_true", help="measure Spark too, with ten times as many payloads")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oim-bench-") as name:
        measure(Path(name), options.payloads, options.rounds)
        if options.spark:
            measure_spark(Path(name), options.payloads * 10, max(3, options.rounds // 5))


def measure(folder: Path, count: int, rounds: int) -> None:
    subprocess.run(["node", "--input-type=module", "-e", INPUTS, str(folder)], cwd=ROOT, check=True)
    few = (folder / "few.ndjson").read_bytes().split(b"\n")
    # Each of its own memory, as they are when they are read.
    payloads = [bytes(bytearray(few[place % len(few)])) for place in range(count)]
    (folder / "lines.ndjson").write_bytes(b"\n".join(payloads))
    body, new = ((folder / name).read_text() for name in ("body.json", "new.json"))
    table = pa.table({"payload": pa.array(payloads, pa.binary()), "received_at": pa.array([RECEIVED_AT] * count)})
    pq.write_table(table, folder / "archive.parquet")
    program = Program(body)
    native = Native(folder)
    size = sum(map(len, payloads))
    connection = duckdb.connect()
    connection.sql("set threads = 1")

    def by_duckdb(transform: Answers | Changes) -> int:
        rows = connection.sql(f"from '{folder}/archive.parquet'").to_arrow_reader(10_000)
        return sum(batch.get_total_buffer_size() for batch in transform(rows))

    def by_arrow() -> int:
        return sum(batch.get_total_buffer_size() for batch in Answers(body)(table.to_batches(10_000)))

    answers = sum(len(answer or b"") for answer in program.process_many(payloads, RECEIVED_AT))
    assert answers == native.run()[1], "other answers than those of the native engine"
    # The part of the answers is held in memory and let go again, as it is where a job goes through batches.
    parts = [payloads[begin : begin + 10_000] for begin in range(0, count, 10_000)]
    candidates: dict[str, Callable[[], object]] = {
        "process_many": lambda: [len(program.process_many(part, RECEIVED_AT)) for part in parts],
        "arrow.Answers": by_arrow,
        "DuckDB, from Parquet, Answers": lambda: by_duckdb(Answers(body)),
        "DuckDB, from Parquet, Changes": lambda: by_duckdb(Changes(body, new)),
    }
    changed = sum(batch.num_rows for batch in Changes(body, new)(table.to_batches(10_000)))
    print(f"the new configuration makes {changed} changes")
    print(f"{count} payloads of {size // count} bytes, {answers // count} bytes of answer each, one thread, {rounds} rounds")
    seconds: dict[str, list[float]] = {name: [] for name in [KEPT, ALONE, *candidates]}
    for _ in range(rounds):
        seconds[ALONE].append(native.run()[0])
        for name, run in candidates.items():
            since = time.process_time()
            run()
            seconds[name].append(time.process_time() - since)
            if name == "process_many":
                seconds[KEPT].append(native.run("kept")[0])
    native.close()
    for name, times in seconds.items():
        ratio = median(base / is_ for base, is_ in zip(seconds[KEPT], times))
        report(name, count, size, times, f"{ratio:.2f}")


def report(name: str, count: int, size: int, times: list[float], ratio: str) -> None:
    time_ = median(times)
    print(f"  {name:31} {count / time_:>9,.0f} payloads a second, {size / time_ / 1e6:>4.0f} MB/s: {ratio}")


def measure_spark(folder: Path, count: int, rounds: int) -> None:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    from oim_config import spark as oim

    body = (folder / "body.json").read_text()
    few = pq.read_table(folder / "archive.parquet")
    copies = count // few.num_rows
    (folder / "parts").mkdir()
    for copy in range(copies):
        pq.write_table(few, folder / "parts" / f"{copy}.parquet")
    program = Program(body)
    parts = [batch.column("payload").to_pylist() for batch in few.to_batches(10_000)]
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.log.level", "ERROR").getOrCreate()
    frame = session.read.parquet(str(folder / "parts"))

    def by_spark() -> None:
        oim.answers(frame, body).write.format("noop").mode("overwrite").save()

    def by_wheel() -> None:
        for _ in range(copies):
            for part in parts:
                program.process_many(part, RECEIVED_AT)

    by_spark()  # The first job starts the workers.
    seconds: dict[str, list[float]] = {"process_many, one thread": [], "Spark local[2], from Parquet": []}
    for _ in range(rounds):
        for name, run in zip(seconds, (by_wheel, by_spark)):
            since = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - since)
    size = pa.compute.sum(pa.compute.binary_length(few["payload"])).as_py() * copies
    wheel = seconds["process_many, one thread"]
    print(f"{few.num_rows * copies} payloads, {os.cpu_count()} cores, {rounds} rounds")
    for name, times in seconds.items():
        ratio = median(base / is_ for base, is_ in zip(wheel, times))
        report(name, few.num_rows * copies, size, times, f"{ratio:.2f} of process_many on one thread")
    session.stop()


if __name__ == "__main__":
    main()
