"""Start a process and tell its seconds, its peak memory in MB and its exit code: `python -I -S launch.py COMMAND …`.

A process of its own, because the system counts the memory of who starts a process as the process's own; this one is small.
"""

from __future__ import annotations

import os
import sys
import time

if __name__ == "__main__":
    begin = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent), 0)
    print(time.perf_counter() - begin, usage.ru_maxrss * 1024 / 1e6, os.waitstatus_to_exitcode(status))
