"""What the parts of the benchmark share: how commands are timed, and the rows of the table that is printed."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Usage:
    """What one run of a command took: wall and processor time in seconds, peak resident memory in kB."""

    wall: float
    cpu: float
    peak: int


@dataclass
class Row:
    """One line of the table. `ratio` is peer/ours for times and ours/peer for rates: more is better for duban."""

    what: str
    ours: str
    peer: str
    ratio: float
    target: str
    is_met: bool


@dataclass
class Context:
    """What every part is given: the release executables, a scratch folder of its own, and whether to be quick."""

    products: Path
    scratch: Path
    quick: bool

    @property
    def duban(self):
        return self.products / "duban"


def run(command, output=subprocess.DEVNULL, **options):
    """Runs a command to its end and says what it took. A status other than 0 is an error of the benchmark."""
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=output, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def alternate(ours, peer, times):
    """Calls the two in turn (each returns a Usage), after one call that isn't counted, so that both see the same
    machine; returns both medians."""
    ours(), peer()
    taken = [(ours(), peer()) for _ in range(times)]
    return median(pair[0] for pair in taken), median(pair[1] for pair in taken)


def median(usages):
    usages = list(usages)
    return Usage(
        statistics.median(usage.wall for usage in usages), statistics.median(usage.cpu for usage in usages),
        int(statistics.median(usage.peak for usage in usages)))


def seconds(value):
    """A time in the unit that reads best."""
    if value < 0.0995e-3:
        return f"{value * 1e6:.1f} µs"
    if value < 0.0995:
        return f"{value * 1e3:.1f} ms"
    return f"{value:.2f} s"


def megabytes(kilobytes):
    return f"{kilobytes / 1000:.0f} MB"
