"""What the tests share: configurations and payloads of the repository, and the answers of the command."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECEIVED_AT = 1_700_000_000_000
"""2023-11-14T22:13:20Z, in milliseconds."""

OLD = """{
  "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
  "primary_property": {"name": "host", "source": ["node"]},
  "secondary_property": {"name": "check", "source": ["check"]}
}"""
NEW = OLD.replace('["check"]', '["test", "check"]').replace('"ok": ["up"]', '"ok": ["up"], "warning": ["slow"]')
BROKEN = '{"status": {"source": "state"}}'

PANIC = b"\0panic"
SLEEP = b"\0sleep"


def body_of(case: str) -> bytes:
    """The configuration of a case in tests/cases."""
    return (ROOT / "tests/cases" / case / "config.json").read_bytes()


def payloads() -> list[bytes]:
    """The payloads of all cases, each on one line."""
    files = sorted((ROOT / "tests/cases").glob("**/payload.json"))
    texts = (file.read_bytes().replace(b"\n", b" ").replace(b"\r", b" ") for file in files)
    return [text for text in texts if text.strip()]


def by_command(body: bytes, lines: list[bytes], folder: Path) -> list[bytes]:
    """What `oim process --ndjson` prints: the answers to lines that can be read."""
    (folder / "body.json").write_bytes(body)
    (folder / "lines.ndjson").write_bytes(b"\n".join(lines) + b"\n")
    command = ["node", str(ROOT / "dist/oim.mjs"), "process", "body.json", "--ndjson", "lines.ndjson"]
    done = subprocess.run([*command, "--received-at", "2023-11-14T22:13:20Z"], cwd=folder, capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def documented(folder: Path) -> str:
    """Writes the files of docs/scale.md into a folder and gives what the page shows as output."""
    page = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    for _, name, text in blocks:
        if name:
            (folder / name).write_text(text, encoding="utf-8")
    (shown,) = (text for language, _, text in blocks if language == "text")
    return shown


def is_read(answer: bytes) -> bool:
    return not any(diagnostic["severity"] == "error" for diagnostic in json.loads(answer)["diagnostics"])


@pytest.fixture(scope="session")
def corpus() -> list[bytes]:
    found = payloads()
    assert len(found) > 300
    return found
