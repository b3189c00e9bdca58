"""The job of docs/scale.md with DuckDB. test_spark has the one with Spark."""

import subprocess
import sys

from conftest import documented


def test_the_job_of_the_page(tmp_path):
    shown = documented(tmp_path)
    for command in (["archive.py"], ["changes.py", "old.json", "new.json", "archive.parquet", "changes.parquet"]):
        done = subprocess.run([sys.executable, *command], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert done.stdout == shown
