"""The package is typed, and the stubs are those of the extension."""

import subprocess
import sys
from pathlib import Path

import oim_config


def run(*arguments, cwd=None):
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_are_those_of_the_extension(tmp_path):
    run("mypy.stubtest", "oim_config._engine", cwd=tmp_path)


def test_the_package_and_its_use_have_types(tmp_path):
    assert (Path(oim_config.__file__).parent / "py.typed").exists()
    (tmp_path / "use.py").write_text(
        "from oim_config import Program, compare_many\n"
        "answers: list[bytes | None] = Program('{}').process_many([b'{}', None], [1, 2.5])\n"
        "compare_many('{}', b'{}', ['{}'], 0, additional_tags='map')\n"
        "Program(5)  # type: ignore[arg-type]\n"
        "Program('{}').process('{}', 'noon')  # type: ignore[arg-type]\n"
    )
    flags = ["--strict", "--warn-unused-ignores", "--cache-dir", str(tmp_path / "cache"), "--ignore-missing-imports"]
    run("mypy", *flags, "-m", "use", "-p", "oim_config", cwd=tmp_path)
