"""The rules of the house that no checker knows: where things stand, what they are called, and what must not be in them."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

import kg
from kg.resources import load_yaml

ROOT = Path(__file__).parent.parent
LAYOUT = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "exports",
    "kg",
    "ontology",
    "pyproject.toml",
    "queries",
    "seeds",
    "tests",
}
SEEDS = {"000_99bf147bf4ea3876.txt": "e93bed070faec0ce8327409e46744c57c75b7937dcf7be0c5bb0b97c5f67ce24"}
VAGUE = {"utils", "util", "manager", "handler", "processor", "engine", "helper", "helpers", "base", "common", "misc"}
MOST_LINES = 250
# Letters of Chinese, Japanese and Korean.
LETTERS = re.compile("[\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
MACHINE_PATH = re.compile(r"(?<![\w.~$}/*])/(?:work|root|home|tmp|opt|mnt|Users)/\w")
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|deb\.debian|archive\.ubuntu)\.(?:org|com)|(?:extra-)?index-url|find-links")
MODULES = sorted((ROOT / "kg").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name(path: Path) -> str:
    """A file's path from the top of the project."""
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: what belongs to the project is not known")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603  our own words
    return sorted(path for path in (ROOT / each for each in listed.split("\0") if each) if path.is_file())


@pytest.fixture(scope="module")
def written(tracked: list[Path]) -> dict[Path, str]:
    """The text of every tracked file that people write: all but pictures, the exports and the reports themselves."""
    made = {ROOT / "exports", ROOT / "seeds"}
    return {
        path: path.read_bytes().decode()
        for path in tracked
        if path.suffix not in {".png", ".zz"} and not (made & set(path.parents) and path.suffix not in {".toml", ".md"})
    }


def test_top_level_is_as_agreed(tracked: list[Path]) -> None:
    """The top level holds what CONTRIBUTING.md shows, all of it and nothing else."""
    assert {path.relative_to(ROOT).parts[0] for path in tracked} == LAYOUT


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_language_in_python(path: Path) -> None:
    """No word of a human language that is not written in Latin letters stands in the code."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    found = [f"line {number}: {line.strip()}" for number, line in lines if LETTERS.search(line)]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_are_short(path: Path) -> None:
    """No module is longer than 250 lines."""
    lines = path.read_text("utf-8").count("\n")
    assert lines <= MOST_LINES


def test_names_say_what_a_module_is() -> None:
    """No module or package has a name that could hold anything."""
    parts = {part for path in MODULES for part in (*path.parent.relative_to(ROOT).parts, path.stem)}
    assert {part for part in parts if VAGUE & set(part.split("_"))} == set()


def test_every_folder_of_code_is_a_package() -> None:
    """Every folder with modules has an __init__.py, so that tools and wheels see it."""
    assert sorted({name(path.parent) for path in MODULES if not (path.parent / "__init__.py").exists()}) == []


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_tests_say_what_holds(path: Path) -> None:
    """Every test function has a docstring of a whole sentence."""
    functions = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    said = {node.name: (ast.get_docstring(node) or "") for node in functions if node.name.startswith("test")}
    assert [function for function, sentence in said.items() if not sentence.endswith(".")] == []


def test_no_machine_in_the_files(written: dict[Path, str]) -> None:
    """No file names a folder of somebody's machine or the host of a package registry."""
    found = [
        f"{name(path)}:{number}: {line.strip()[:100]}"
        for path, text in written.items()
        if path != Path(__file__)
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line) or REGISTRY.search(line)
    ]
    assert found == []


def test_no_machine_in_the_exports(tracked: list[Path]) -> None:
    """No export names a folder of the machine it was made on."""
    exports = [path for path in tracked if ROOT / "exports" in path.parents]
    assert [name(path) for path in exports if MACHINE_PATH.search(path.read_bytes().decode(errors="replace"))] == []


@pytest.mark.parametrize("text", ["see /work/main", 'open("/home/me/x")', "pip --index-url x", "https://pypi.org/simple"])
def test_machines_are_seen(text: str) -> None:
    """What the two tests above look for is found where it stands."""
    assert MACHINE_PATH.search(text) or REGISTRY.search(text)


def test_text_files_are_clean(written: dict[Path, str]) -> None:
    """Every text file but the made-up pages has LF line ends, no blanks at the end of a line, and one line break at its end."""
    texts = {name(path): text for path, text in written.items() if path.suffix != ".txt"}
    unclean = [path for path, text in texts.items() if "\r" in text or re.search(r"[ \t]$", text, re.MULTILINE)]
    ragged = [path for path, text in texts.items() if text and (not text.endswith("\n") or text.endswith("\n\n"))]
    assert (unclean, ragged) == ([], [])


def test_data_files_parse(written: dict[Path, str]) -> None:
    """Every YAML, TOML and Turtle file is one; YAML also for the loader that stands in where libyaml is missing, which is stricter."""
    kinds = {path: path.suffix for path in written}
    for path, kind in kinds.items():
        if kind in {".yaml", ".yml"}:
            load_yaml(path)
            list(yaml.parse(written[path], Loader=yaml.SafeLoader))
        elif kind == ".toml":
            tomllib.loads(written[path])
        elif kind == ".ttl":
            list(ox.parse(written[path], format=ox.RdfFormat.TURTLE))
    assert {".yaml", ".toml", ".ttl"} <= set(kinds.values())


def test_seeds_are_untouched() -> None:
    """The reports are the bytes that were received, and each has its description."""
    reports = sorted((ROOT / "seeds").glob("*.txt"))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in reports} == SEEDS
    assert all(path.with_suffix(".toml").is_file() for path in reports)


def test_import_is_quick() -> None:
    """`import kg` by itself loads neither spaCy nor rdflib."""
    program = "import sys, kg; print(sorted({'spacy', 'rdflib', 'networkx', 'pyvis'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own program
    assert run.stdout == "[]\n"


def test_package_gives_its_names() -> None:
    """Every name of `kg.__all__` is there, and no other."""
    assert all(getattr(kg, public) is not None for public in kg.__all__)
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'bulid'"):
        _ = kg.bulid


def test_versions_agree() -> None:
    """The installed package, the module and the changelog name the same version."""
    releases = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert version("report-kg") == kg.__version__ == releases[0]


def test_ci_runs_what_the_readme_says() -> None:
    """CI ends with the README's test command and has no other tests of its own."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.rstrip().splitlines()[-1] == "make test"
    assert "pytest" not in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    assert "$ make test\n" in (ROOT / "README.md").read_text("utf-8")
