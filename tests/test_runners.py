"""Reports built by an engine: the same bytes wherever they are built, whatever is killed, fails or is stopped on the way."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import fingerprints, runners
from kg.cli import kg
from kg.errors import KgError
from kg.pipeline import Built
from kg.runners import stamps
from kg.runners.outcome import Outcome
from kg.runners.task import FORMATS, Task

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
NAMES = ("a", "b", "c", "d", "e", "f")
needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="dask.distributed is not installed")


def invoke(*words: object) -> Result:
    """The result of `kg build` with these words."""
    return CliRunner().invoke(kg, ["build", *map(str, words)], prog_name="kg")


def held(folder: Path) -> dict[str, bytes]:
    """The files of a folder and of those in it, with their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def until(true: Callable[[], object]) -> None:
    """Wait for something, not for ever."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise TimeoutError


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    """Six small reports, no two alike."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, name in enumerate(NAMES, 12):
        text = f"绿色网络 20{number} 年年度报告\n\n1. 妇女署与儿童基金会在卢旺达合作。\n\n2. 妇女署向乍得提供了 {number} 名专家。\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [folder / f"{name}.txt" for name in NAMES]


@pytest.fixture
def right(reports: list[Path], tmp_path: Path) -> dict[str, bytes]:
    """What a task makes of each report in this process, one after the other, as N-Quads."""
    task = Task(tmp_path / "right", ("nq",))
    assert [task(path).error for path in reports] == [""] * len(NAMES)
    found = held(tmp_path / "right")
    assert list(found) == [f"{name}.nq" for name in NAMES]
    return found


@dataclass(frozen=True, slots=True)
class Deadly:
    """A task that kills its process at one report, so many times; each is a line in a file."""

    task: Task
    report: str
    deaths: Path
    times: int

    def __call__(self, path: Path) -> Outcome:
        """The outcome of a report."""
        if path.stem == self.report and counted(self.deaths) < self.times:
            with self.deaths.open("a") as file:
                file.write("killed\n")
            os.kill(os.getpid(), signal.SIGKILL)
        return self.task(path)


def counted(file: Path) -> int:
    """The number of its lines."""
    return len(file.read_text().splitlines()) if file.exists() else 0


# One task


def test_tables_are_those_of_an_export(seed_built: Built, tmp_path: Path) -> None:
    """The tables that a build writes of a report are, to the byte, those that `kg export` makes of the report's N-Quads."""
    outcome = Task(tmp_path / "built", ("parquet", "nq", "excel"))(seed_built.document.path)
    part = tmp_path / "built" / f"{outcome.id}.nq"
    words = ["export", "-f", "parquet", "-f", "excel", "-o", str(tmp_path / "exported"), "--graph", str(part)]
    assert CliRunner().invoke(kg, words).exit_code == 0
    built = held(tmp_path / "built")
    assert sorted(built) == sorted(outcome.files)
    del built[part.name]
    assert len(built) == 7
    assert built == held(tmp_path / "exported")


def test_an_outcome_is_small(seed_built: Built, tmp_path: Path) -> None:
    """What a task gives back of the seed are a few words, not its text or its graph; each format that the report needs has a file."""
    outcome = Task(tmp_path, FORMATS, listed=True)(seed_built.document.path)
    assert len(repr(outcome)) < 3000
    assert outcome.counts == seed_built.counts
    assert {name.partition(".")[2] or name for name in outcome.files} >= set(FORMATS) - {"parquet", "excel", "txt", "toml"}


def test_a_fault_of_ours_costs_one_report(
    reports: list[Path], right: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An error that nobody foresaw is told with the report, the kind and the place, and the other reports are built."""
    observe = "kg.pipeline.observe"

    def fails(paragraph: object, *_: object, **__: object) -> Sequence[object]:
        if "15" in str(paragraph):
            message = "made up"
            raise ZeroDivisionError(message)
        return ()

    monkeypatch.setattr(observe, fails)
    result = invoke(*reports, "--workers", 1, "-f", "nq", "-o", tmp_path / "out")
    assert result.exit_code == 1
    told = (
        rf"{re.escape(str(reports[3]))}: ZeroDivisionError in test_runners.py, line \d+: made up; this is a fault of kg: please report it"
    )
    assert re.fullmatch(rf"{told}\nError: 1 of 6 reports could not be built\n", result.stderr)
    assert held(tmp_path / "out").keys() == right.keys() - {"d.nq"}


# This machine


def test_the_same_bytes_in_one_process_and_in_two(reports: list[Path], tmp_path: Path) -> None:
    """All formats, pages with a list among them, and what is printed are the same from one process and from two, in either order."""
    words = [word for form in FORMATS for word in ("-f", form)]
    one = invoke(*reports, *words, "-o", tmp_path / "out", "--workers", 1)
    assert one.exit_code == 0
    first = held(tmp_path / "out")
    assert {f"{name}.html" for name in (*NAMES, "index")} <= first.keys()
    (tmp_path / "out").rename(tmp_path / "first")
    two = invoke(*reports, *words, "-o", tmp_path / "out", "--workers", 2)
    assert (two.exit_code, two.stdout, two.stderr) == (0, one.stdout, "")
    assert held(tmp_path / "out") == first
    assert invoke(*reversed(reports), *words, "-o", tmp_path / "back").exit_code == 0
    assert held(tmp_path / "back") == first


@pytest.mark.parametrize("report", ["a", "d", "f"])
def test_a_killed_process_changes_nothing(reports: list[Path], right: dict[str, bytes], tmp_path: Path, report: str) -> None:
    """When a process is killed (-9) at a report, at the start, in the middle or at the end, that report is built by another one."""
    task = Deadly(Task(tmp_path / "out", ("nq",)), report, tmp_path / "deaths", 1)
    outcomes = list(runners.run("local", task, reports, 2))
    assert sorted((outcome.id, outcome.error) for outcome in outcomes) == [(name, "") for name in NAMES]
    assert counted(task.deaths) == 1
    assert held(tmp_path / "out") == right


def test_a_report_that_kills_twice_is_given_up(reports: list[Path], right: dict[str, bytes], tmp_path: Path) -> None:
    """A report that kills two processes is told as failed, it alone, and no third process dies of it."""
    task = Deadly(Task(tmp_path / "out", ("nq",)), "c", tmp_path / "deaths", 9)
    failed = {outcome.path.stem: outcome.error for outcome in runners.run("local", task, reports, 2) if outcome.error}
    assert failed == {"c": f"{reports[2]}: the process that builds it was killed, twice; give it more memory, or leave it out"}
    assert counted(task.deaths) == 2
    assert held(tmp_path / "out") == {name: content for name, content in right.items() if name != "c.nq"}


def test_reports_that_fail_are_listed_and_the_rest_is_built(reports: list[Path], right: dict[str, bytes], tmp_path: Path) -> None:
    """A report that is not there, one with a wrong .toml and one that lost something are told, each in a line, and the rest is built."""
    reports[1].unlink()
    reports[2].with_suffix(".toml").write_text("titel = 1\n")
    reports[4].with_suffix(".toml").write_text("[expect]\nfacts = 99\n")
    result = invoke(*reports, "-f", "nq", "-o", tmp_path / "out")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.partition("; ")[0] for line in lines] == [
        f"{reports[1]}: there is no such file",
        f"{reports[2]}: {reports[2].with_suffix('.toml')}: unknown key 'titel'",
        f"{reports[4]}: facts: 4 found, at least 99 expected",
        "Error: 3 of 6 reports could not be built",
    ]
    assert [line for line in result.stdout.splitlines() if not line.startswith(" ")] == ["a", "d", "f"]
    assert held(tmp_path / "out") == {name: right[name] for name in ("a.nq", "d.nq", "f.nq")}


def test_the_local_engine_has_no_scheduler(reports: list[Path]) -> None:
    """An address of a scheduler without its engine is told in one line."""
    result = invoke(*reports, "--scheduler", "tcp://127.0.0.1:9")
    assert (result.exit_code, result.stderr) == (1, "Error: tcp://127.0.0.1:9: the engine local has no scheduler; add --engine dask\n")


# Going on after a stop


def test_resume_builds_only_what_is_missing(reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--resume builds a report again when it, its .toml, the rules or the choice has changed or a file is gone, and else leaves it."""
    out = tmp_path / "out"
    choice = ("--resume", "-o", out, "-f", "html", "-f", "issues.jsonl", "--workers", 1)
    first = invoke(*reports, *choice)
    assert first.exit_code == 0
    assert set(re.findall(r"^  (\w+) /", first.stdout, re.MULTILINE)) == {"wrote"}

    def again(*more: object) -> list[str]:
        """The names of the reports that are built when it is asked once more."""
        before = {name: (out / f"{name}.html").stat().st_ino if (out / f"{name}.html").exists() else 0 for name in NAMES}
        result = invoke(*reports, *choice, *more)
        assert result.exit_code == 0
        anew = [name for name in NAMES if (out / f"{name}.html").stat().st_ino != before[name]]
        assert re.findall(r"^  wrote .*?(\w)\.html", result.stdout, re.MULTILINE) == anew
        return anew

    whole = held(out)
    assert again() == []
    assert held(out) == whole  # the list of reports too, of which none was read
    reports[0].write_text(reports[0].read_text(encoding="utf-8").replace("12", "13"), encoding="utf-8")
    reports[1].with_suffix(".toml").write_text('title = "b"')
    reports[2].with_suffix(".review.yaml").write_text("facts: []\n")
    (out / "d.issues.jsonl").unlink()
    (out / stamps.FOLDER / "e.json").write_text("{")
    assert again() == ["a", "b", "c", "d", "e"]
    assert again("--min-confidence", "0.5") == list(NAMES)
    assert again() == list(NAMES)
    monkeypatch.setattr(fingerprints, "rules", lambda: "other")
    assert again() == list(NAMES)
    assert again() == []


def test_a_stamp_never_outlives_its_files(reports: list[Path], tmp_path: Path) -> None:
    """A build without --resume takes away the stamp of what it writes over, and leaves no other trace in the folder."""
    assert invoke(reports[0], "--resume", "-f", "nq", "-o", tmp_path / "out").exit_code == 0
    assert held(tmp_path / "out").keys() == {"a.nq", ".built/a.json"}
    assert invoke(reports[0], "-f", "nq", "-o", tmp_path / "out", "--min-confidence", "1").exit_code == 0
    assert held(tmp_path / "out").keys() == {"a.nq"}


def test_a_build_that_was_killed_goes_on(reports: list[Path], right: dict[str, bytes], tmp_path: Path) -> None:
    """After a `kill -9` of the whole build its processes end, and --resume builds only what was not finished, to the same bytes."""
    out = tmp_path / "out"
    for number in range(40):  # enough to be in the middle
        reports.append(reports[0].with_name(f"more-{number}.txt"))
        reports[-1].write_bytes(reports[0].read_bytes())
    command = [sys.executable, "-m", "kg", "build", *map(str, reports), "--resume", "-f", "nq", "-o", str(out), "--workers", "2"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:  # noqa: S603
        until(lambda: len(list(out.glob(".built/[!.]*.json"))) >= 2)
        build.kill()
    until(lambda: not alive(build.pid))
    done = {path.stem: path.read_bytes() for path in out.glob(".built/[!.]*.json")}
    assert 2 <= len(done) < len(reports)
    written = {name: (out / f"{name}.nq").stat().st_ino for name in done}
    result = invoke(*reports, "--resume", "-f", "nq", "-o", out)
    assert result.exit_code == 0
    assert set(re.findall(r"^  kept .*?([\w-]+)\.nq$", result.stdout, re.MULTILINE)) == set(done)
    assert written == {name: (out / f"{name}.nq").stat().st_ino for name in done}
    assert {name: content for name, content in held(out).items() if name in right} == right
    assert len(list(out.glob("*.nq"))) == len(reports)


def alive(session: int) -> list[str]:
    """The processes of a session."""
    listed = subprocess.run(["ps", "-s", str(session), "-o", "pid="], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return listed.stdout.split()


# A cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler that has two workers: separate processes, which talk over TCP."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--scheduler-file", str(file))
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    commands: list[tuple[str, ...]] = [("scheduler", "--port", "0", "--dashboard-address", "127.0.0.1:0", *here)]
    commands += [("worker", "--nthreads", "2", "--no-dashboard", "--local-directory", str(folder), *here)] * 2
    with (folder / "log").open("w") as log:
        started = [subprocess.Popen([BIN / "dask", *words], env=env, stdout=log, stderr=log) for words in commands]  # noqa: S603
        try:
            until(lambda: file.exists() and file.stat().st_size)
            yield json.loads(file.read_text())["address"]
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait()


@needs_dask
def test_the_same_bytes_from_a_cluster(reports: list[Path], tmp_path: Path, cluster: str) -> None:
    """Two workers behind a scheduler make the same files as this machine, tables, pages and their list among them, and the same is told."""
    words = [word for form in FORMATS for word in ("-f", form)]
    local = invoke(*reports, *words, "-o", tmp_path / "out")
    assert local.exit_code == 0
    (tmp_path / "out").rename(tmp_path / "local")
    result = invoke(*reports, *words, "-o", tmp_path / "out", "--engine", "dask", "--scheduler", cluster)
    assert (result.exit_code, result.stdout, result.stderr) == (0, local.stdout, "")
    assert held(tmp_path / "out") == held(tmp_path / "local")


@needs_dask
def test_a_killed_worker_changes_nothing(reports: list[Path], right: dict[str, bytes], tmp_path: Path, cluster: str) -> None:
    """When a worker of the cluster is killed (-9) at a report, the report is built by another one; one that fails is listed."""
    reports[5].with_suffix(".toml").write_text("[expect]\nfacts = 99\n")
    task = Deadly(Task(tmp_path / "out", ("nq",)), "c", tmp_path / "deaths", 1)
    outcomes = {outcome.path.stem: outcome for outcome in runners.run("dask", task, reports, scheduler=cluster)}
    assert counted(task.deaths) == 1
    assert [outcome.path.stem for outcome in outcomes.values() if outcome.error] == ["f"]
    assert outcomes["f"].error.startswith(f"{reports[5]}: facts: 4 found, at least 99 expected")
    assert held(tmp_path / "out") == {name: content for name, content in right.items() if name != "f.nq"}


@needs_dask
def test_a_report_that_kills_workers_is_given_up(reports: list[Path], right: dict[str, bytes], tmp_path: Path) -> None:
    """A report that kills each worker is told as failed, the others are built; workers are started here when no scheduler is named."""
    task = Deadly(Task(tmp_path / "out", ("nq",)), "c", tmp_path / "deaths", 99)
    import dask  # noqa: PLC0415  an extra

    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):  # so that the first death is blamed on all that wait there
        failed = {outcome.path.stem: outcome.error for outcome in runners.run("dask", task, reports[:4], 1) if outcome.error}
    assert counted(task.deaths) == 2
    killed = "the worker that builds it was killed, again and again; give it more memory, or leave it out"
    assert failed == {"c": f"{reports[2]}: {killed}"}
    assert held(tmp_path / "out") == {name: right[name] for name in ("a.nq", "b.nq", "d.nq")}


@needs_dask
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--scheduler", "tcp://127.0.0.1:1"], "tcp://127.0.0.1:1: no scheduler answers ([Errno 111] Connection refused); start one"),
        (["--scheduler", "here"], "here: not the address of a scheduler; write tcp://host:8786"),
        (["--scheduler", "tcp://here:x"], "tcp://here:x: no scheduler answers (Port could not be cast"),
        (["--scheduler", "tcp://127.0.0.1:1", "--workers", "2"], "--workers 2: the scheduler knows its workers; leave it out"),
    ],
)
def test_a_scheduler_that_is_not_there(reports: list[Path], words: list[str], message: str) -> None:
    """A cluster that does not answer, or an address that is none, is told in one line, and nothing is waited for."""
    result = invoke(*reports, "--engine", "dask", *words)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {message}")
    assert result.stderr.count("\n") == 1


@dataclass
class Workers:
    """A client whose workers have these rules; there are none when it has none."""

    rules: dict[str, str]

    def wait_for_workers(self, _: int, timeout: float) -> None:
        """Wait for a worker."""
        if not self.rules:
            raise TimeoutError(timeout)

    def run(self, _: Callable[[], str]) -> dict[str, str]:
        """What a function gives in each worker."""
        return self.rules


@needs_dask
@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({}, "tcp://x:1: the scheduler has no worker; start some with dask worker tcp://x:1 --nthreads 1"),
        ({"tcp://y:2": "other"}, "tcp://y:2: this worker has another report-kg than this machine; install the same on all"),
    ],
)
def test_workers_must_be_there_and_have_the_same_rules(rules: dict[str, str], message: str) -> None:
    """A scheduler without workers, and a worker with another version of kg, which would write other bytes, are told in one line."""
    from kg.runners import distributed  # noqa: PLC0415  it cannot be imported without dask

    same = {"tcp://y:1": fingerprints.rules()}
    distributed._require_same(Workers(same), "tcp://x:1")  # type: ignore[arg-type]  # noqa: SLF001  what is tested
    with pytest.raises(KgError, match=re.escape(message)):
        distributed._require_same(Workers(rules and same | rules), "tcp://x:1")  # type: ignore[arg-type]  # noqa: SLF001


def test_dask_is_asked_for_when_it_is_missing(reports: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without dask.distributed its engine is refused in one line that tells how to install it."""
    monkeypatch.delitem(sys.modules, "kg.runners.distributed", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = invoke(*reports, "--engine", "dask")
    message = "dask: distributed is not installed; install it with pip install 'report-kg[dask]', or choose --engine local"
    assert (result.exit_code, result.stderr) == (1, f"Error: {message}\n")


def test_files_that_a_worker_wrote_elsewhere(reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has another folder than this machine, so that its files are not seen here, is told of for each report."""
    monkeypatch.setattr(runners, "run", lambda *_: iter(Outcome(path, path.stem, files=(f"{path.stem}.nq",)) for path in reports[:1]))
    result = invoke(reports[0], "-f", "nq", "-o", tmp_path / "out", "--engine", "dask")
    message = f"{tmp_path / 'out' / 'a.nq'} was written, but not here; let the workers write to a folder that all machines share"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {reports[0]}: {message}\n")


# What a build is made from


def test_fingerprints_tell_what_has_changed(reports: list[Path]) -> None:
    """The hash of a report changes with its text, its .toml and its review, and is the same for the same; that of the rules is steady."""
    path = reports[0]
    found = [fingerprints.source(path)]
    for beside, content in ((".toml", 'title = "a"'), (".review.yaml", "facts: []"), (".toml", 'title = "b"'), (".txt", "1. 一。")):
        path.with_suffix(beside).write_text(content, encoding="utf-8")
        found.append(fingerprints.source(path))
    assert len(set(found)) == 5
    assert found[-1] == fingerprints.source(path)
    assert re.fullmatch("[0-9a-f]{64}", fingerprints.rules())
    other = [sys.executable, "-c", "from kg import fingerprints; print(fingerprints.rules())"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    listed = subprocess.run(other, env=env, cwd=path.parent, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert listed.stdout.strip() == fingerprints.rules()
