"""Where commands look when no file is given: `seeds/` and `exports/` in the working directory."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UnknownNameError, did_you_mean

EXPORTS = Path("exports")
_SEEDS = Path("seeds")


def reports(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The reports given, else all seeds."""
    found = given or tuple(sorted(_SEEDS.glob("*.txt")))
    if not found:
        message = f"{_SEEDS}/: no report (*.txt) here; give the path of one"
        raise UnknownNameError(message)
    return found


def report(name: str) -> Path:
    """The report at that path, or the seed of that name."""
    path = Path(name)
    if path.suffix or path.exists():
        return path
    seeds = {seed.stem: seed for seed in reports(())}
    if name not in seeds:
        message = f"{_SEEDS}/{name}.txt: no such report; {did_you_mean(name, seeds)}"
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
