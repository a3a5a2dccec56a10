"""Runs a command and says what it cost, as the system counted it for that process and its children."""

import os
import statistics
import time


class Cost:
    """Seconds of wall time, seconds of processor time (user and system), and the peak of memory in MB."""

    def __init__(self, wall, user, system, memory):
        self.figures = {"cpu": user + system, "user": user, "system": system, "wall": wall, "memory": memory}


def run(command, log):
    """Runs a command with its output in a log; ends the program where it fails."""
    # What an earlier run left to be written shall not be written at this one's expense.
    os.sync()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    redirect = [(os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)]
    start = time.monotonic()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=redirect)
    _, status, usage = os.wait4(process, 0)
    wall = time.monotonic() - start
    os.close(output)
    if status != 0:
        with open(log) as lines:
            raise SystemExit(f"{' '.join(command)} failed:\n{lines.read()}")
    return Cost(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024)


def medians(costs):
    return {name: statistics.median(cost.figures[name] for cost in costs) for name in costs[0].figures}
