"""Reading one deadline phrase, next to JioNLP (pip install jionlp) over the same phrases.

    scripts/bench/run.py --only deadlines [--quick]
"""

import os
import re
import subprocess
import sys

from common import ROOT, Row

PHRASES = ROOT / "Tests" / "DubanCoreTests" / "Fixtures" / "deadlines.tsv"
ROUNDS = 5
PEER = """
import contextlib, io, logging, sys, time
logging.disable(logging.CRITICAL)
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    import jionlp
phrases = open(sys.argv[1], encoding="utf-8").read().split("\\n")[:-1]
base = time.mktime((2022, 9, 21, 0, 0, 0, 0, 0, 0))
def once():
    start = time.perf_counter()
    for phrase in phrases:
        try:
            jionlp.parse_time(phrase, time_base=base)
        except ValueError:
            pass
    return (time.perf_counter() - start) / len(phrases)
print(min(once() for _ in range(5)) * 1e6)
"""


def rows(context):
    phrases = context.scratch / "phrases"
    lines = PHRASES.read_text(encoding="utf-8").splitlines()[1:]
    phrases.write_text("".join(line.split("\t")[0] + "\n" for line in lines), encoding="utf-8")

    def time_ours():
        said = subprocess.run(
            [context.products / "deadline-bench", "time", phrases], capture_output=True, text=True, check=True).stdout
        return float(re.search(r"([0-9.e-]+) seconds per phrase", said).group(1)) * 1e6

    python = os.environ.get("PYTHON", sys.executable)
    known = subprocess.run([python, "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('jionlp') is None)"])
    if known.returncode != 0:
        ours = time_ours()
        return [Row(
            "read one deadline phrase", f"{ours:.1f} µs", "JioNLP isn't there (pip install jionlp)", float("nan"),
            "100 times less, 2.5 µs", False)]

    def time_peer():
        said = subprocess.run([python, "-c", PEER, phrases], capture_output=True, text=True, check=True).stdout
        return float(said)

    # Both are over within a moment, and moments differ by half: in turns, and the best of each.
    times = [(time_ours(), time_peer()) for _ in range(1 if context.quick else ROUNDS)]
    ours, peer = (min(column) for column in zip(*times))
    return [Row(
        "read one deadline phrase", f"{ours:.1f} µs", f"JioNLP: {peer:.0f} µs", peer / ours, "100 times less, 2.5 µs",
        peer / ours >= 100 and ours <= 2.5)]
