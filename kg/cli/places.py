"""Where commands look when no file is given: `seeds/` and `exports/` in the working directory."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kg.errors import ReportError, UnknownNameError, did_you_mean
from kg.readers import FORMATS

EXPORTS, STORE = Path("exports"), Path("store")
_SEEDS = Path("seeds")
_ABOUT = "README"  # says what the reports are, and is none


def reports(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The reports given, else all seeds."""
    if given:
        return given
    found = tuple(sorted(path for path in _SEEDS.glob("*") if path.suffix.lower() in FORMATS and path.stem != _ABOUT))
    if not found:
        message = f"{_SEEDS}/: no report ({', '.join(f'*{suffix}' for suffix in FORMATS)}) here; give the path of one"
        raise UnknownNameError(message)
    return distinct(found)


def distinct(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The same; raise ReportError when two have one name, which is also that of what is made of them."""
    if twice := [stem for stem, count in Counter(path.stem for path in paths).items() if count > 1]:
        message = f"{twice[0]}: two reports of that name would be written over each other; rename one"
        raise ReportError(message)
    return paths


def report(name: str) -> Path:
    """The report at that path, or the seed of that name."""
    path = Path(name)
    if path.suffix or path.exists():
        return path
    seeds = {seed.stem: seed for seed in reports(())}
    if name not in seeds:
        message = f"{_SEEDS}/{name}: no such report; {did_you_mean(name, seeds)}"
        raise UnknownNameError(message)
    return seeds[name]


def graphs(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The graphs given, else all exports."""
    found = given or tuple(sorted(EXPORTS.glob("*.ttl")))
    if not found:
        message = f"{EXPORTS}/: no graph (*.ttl) here; make one with kg build, or name one"
        raise UnknownNameError(message)
    return found


def datasets(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The graphs given, else all exports, each as TriG, which keeps what each report says apart, where there is one, else as Turtle."""
    found = {path.stem: path for suffix in (".ttl", ".trig") for path in sorted(EXPORTS.glob(f"*{suffix}"))}
    return given or tuple(found[stem] for stem in sorted(found)) or graphs(())
