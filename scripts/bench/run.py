#!/usr/bin/env python3
"""Runs every benchmark next to its peers and prints one table of ratios: more than 1 is better than the peer.

    make bench                          # builds what is missing, takes some minutes
    scripts/bench/run.py --quick        # smaller sizes
    scripts/bench/run.py --only ledgers compose

Fails on nothing: it says which targets are missed. A part whose peer isn't there says what to install.
"""

import argparse
import importlib
import math
import os
import platform
import shutil
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from common import ROOT, Context

PARTS = ["startup", "deadlines", "ledgers", "growth", "compose", "delivery", "postgres", "day"]


def width(text):
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def pad(text, size):
    return text + " " * (size - width(text))


def table(rows):
    cells = [("what", "duban", "peer", "ratio", "target", "")]
    for row in rows:
        ratio = "–" if math.isnan(row.ratio) else f"{row.ratio:.2f}" if row.ratio < 10 else f"{row.ratio:.0f}"
        cells.append((row.what, row.ours, row.peer, ratio, row.target, "met" if row.is_met else "MISSED"))
    sizes = [max(width(line[column]) for line in cells) for column in range(6)]
    return "\n".join("  ".join(pad(text, size) for text, size in zip(line, sizes)).rstrip() for line in cells)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--products", type=Path, default=ROOT / ".build" / "release")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    chosen = options.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the first run")
    rows = []
    for name in chosen.only:
        start = time.monotonic()
        # On the disk that a state directory is on, not on a tmpfs.
        scratch = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="duban-bench-"))
        try:
            rows += importlib.import_module(name).rows(Context(chosen.products.resolve(), scratch, chosen.quick))
        except Exception as error:  # one part that can't be measured must not hide the others
            print(f"{name}: not measured: {type(error).__name__}: {error}", file=sys.stderr)
        finally:
            shutil.rmtree(scratch)
        print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr)
    print(table(rows))
    missed = [row.what for row in rows if not row.is_met]
    print(f"{len(rows) - len(missed)} of {len(rows)} targets met" + (f"; missed: {'; '.join(missed)}" if missed else ""))


if __name__ == "__main__":
    main()
