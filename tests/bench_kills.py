"""Kill the commands that write, many times: python tests/bench_kills.py 300."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import crashes
import ten_reports as ten

if __name__ == "__main__":
    times = int(sys.argv[1])
    with TemporaryDirectory(dir=ten.MEMORY) as folder:
        chance = random.Random(times)  # noqa: S311  no secret
        for case in crashes.cases(Path(folder)):
            print(case.name, crashes.killed(case, times // 3, chance), flush=True)
        print("lies about:", crashes.clean(Path(folder), Path(folder) / "store"))
