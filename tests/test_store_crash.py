"""Killed, refused by the disk, or two at once: a store and the files of a report are as they were or as they were to be."""

from __future__ import annotations

import os
import random
import resource
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import ten_reports as ten
from click.testing import CliRunner
from crashes import cases, clean, ended, forks, killed, of_store

from kg import files, store
from kg.cli import kg

KILLS = 9
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is such a place, for a store waits for its disk."""
    with TemporaryDirectory(dir=ten.MEMORY) as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def root(folder: Path) -> Path:
    """A store of two reports."""
    ten.add(folder / "store", "r-01", "r-02")
    return folder / "store"


def test_killed_at_any_moment(folder: Path) -> None:
    """add, remove, build and export, killed at random moments, leave the state before or the one after, and nothing lies about."""
    chance = random.Random(11)  # noqa: S311  no secret
    counted = [killed(case, KILLS, chance) for case in cases(folder)]
    assert [sum(each.values()) >= KILLS for each in counted] == [True] * 3
    assert clean(folder, folder / "store") == []


def test_two_at_once(root: Path) -> None:
    """Two processes that add different reports, or the same, at one time both end well, and all is in the store."""
    parts = root.with_name("parts")
    parts.mkdir()
    for name in ("r-03", "r-04"):
        (parts / f"{name}.nq").write_bytes(ten.part(name))
    words = [("add", f"{parts}/{name}.nq", "--store", f"{root}") for name in ("r-03", "r-04", "r-04")]
    both = [forks().Process(target=ended, args=(each,)) for each in words]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0, 0]
    with store.open(root) as opened:
        assert [row.id for row in opened.reports] == ["r-01", "r-02", "r-03", "r-04"]


def refused(answer: Connection, words: list[str], most: int) -> None:
    """Run a command where no file may have more bytes than `most`, -1 for any, as somebody who owns nothing."""
    if most >= 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    elif os.geteuid() == 0:
        import_module(f"kg.cli.{words[0]}")  # which nobody may not be allowed to
        os.seteuid(NOBODY)
    result = CliRunner().invoke(kg, words)
    answer.send((result.exit_code, result.output))


def told(words: list[str], most: int = -1) -> tuple[int, str]:
    """Exit status and output of a command that is refused something."""
    ours, theirs = forks().Pipe()
    process = forks().Process(target=refused, args=(theirs, words, most))
    process.start()
    found: tuple[int, str] = ours.recv()
    process.join()
    return found


@pytest.mark.parametrize("most", [0, 100, 2000, 20_000])
def test_a_full_disk_changes_nothing(root: Path, tmp_path: Path, most: int) -> None:
    """Where the disk takes no more, wherever that is met, one line says so and the store is as it was."""
    (tmp_path / "r-03.nq").write_bytes(ten.part("r-03"))
    before = of_store(root)
    code, output = told(["add", f"{tmp_path}/r-03.nq", "--store", f"{root}"], most)
    assert (code, output.count("\n")) == (1, 1), output
    assert f"Error: {root}: cannot be changed: " in output
    assert "the store is as it was" in output
    assert of_store(root) == before
    assert clean(root.parent, root) == []


@pytest.mark.parametrize("most", [0, 5000])
def test_a_full_disk_keeps_the_files(root: Path, tmp_path: Path, most: int) -> None:
    """An export that the disk refuses leaves the files of before, all of them, and says so in one line."""
    words = ["export", "-f", "turtle", "-f", "nquads", "--graph", f"{root}", "-o", f"{tmp_path}"]
    for path in ("report-kg.nq", "report-kg.ttl"):
        (tmp_path / path).write_text("as it was", "utf-8")
    code, output = told(words, most)
    assert (code, output.count("\n")) == (1, 1), output
    assert "cannot be written: File too large" in output
    assert [path.read_text("utf-8") for path in sorted(tmp_path.iterdir())] == ["as it was"] * 2


def test_a_folder_for_reading(root: Path) -> None:
    """In a store that may only be read, reading works and a change is refused in one line."""
    part = root.with_name("r-03.nq")
    part.write_bytes(ten.part("r-03"))
    inside = (root, *root.rglob("*"))
    for path in inside:
        path.chmod(0o555 if path.is_dir() else 0o444)
    code, output = told(["list", "--store", f"{root}"])
    assert code == 0, output
    code, output = told(["add", f"{part}", "--store", f"{root}"])
    assert (code, output.count("\n")) == (1, 1), output
    assert "cannot be changed: Permission denied; the store is as it was" in output
    for path in inside:
        path.chmod(0o755)


@pytest.mark.parametrize("whole", [False, True])
def test_who_died_is_cleared_after(tmp_path: Path, *, whole: bool) -> None:
    """Files that a killed process had written go to their places when all were there, and away when not; those of who lives stay."""
    dead, alive = tmp_path / ".kg-dead", tmp_path / ".kg-alive"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "a.ttl").write_text(folder.name, "utf-8")
    if whole:
        (dead / ".all").touch()
    lock = files.hold(alive)
    assert lock is not None
    (tmp_path / "a.ttl").write_text("old", "utf-8")
    files.settle(tmp_path)
    assert (tmp_path / "a.ttl").read_text("utf-8") == (".kg-dead" if whole else "old")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kg-alive", "a.ttl"]
    os.close(lock)
