#!/usr/bin/env python3
"""Compares duban's reading of deadline phrases with an independent reader, JioNLP.

usage: judge-deadlines.py [--duban PATH] [--sample N] [--seed N] [--list]

Needs the package jionlp (pip install jionlp), which is no dependency of duban. Reads the rows of
Tests/DubanCoreTests/Fixtures/deadlines.tsv that name a day of issue, and a sample of composed phrases. For each
phrase that duban reads as certain dates or ranges, the last day is compared with the end of JioNLP's time span.
"""
import argparse
import collections
import contextlib
import datetime
import io
import itertools
import json
import logging
import pathlib
import random
import subprocess

with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    import jionlp

logging.disable(logging.CRITICAL)

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Tests/DubanCoreTests/Fixtures"


def real_phrases():
    """The rows of the table that name a day of issue."""
    for line in (FIXTURES / "deadlines.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        text, issued = line.split("\t")[:2]
        with contextlib.suppress(ValueError):
            yield text, datetime.date.fromisoformat(issued)


def composed_phrases(count, seed):
    """Year, part and suffix in every combination, then a sample of them."""
    years = ["2022年", "2023年", "今年", "明年", "", "二〇二三年", "2023 年"]
    parts = ["", "3月", "6月", "十二月", "第一季度", "三季度", "上半年", "下半年", "6月上旬", "9月下旬", "12月15日", "11月30日"]
    suffixes = ["", "前", "底", "底前", "末前", "内", "完成", "之前"]
    prefixes = ["", "力争", "确保", "于", "到"]
    every = [
        prefix + year + part + suffix
        for prefix, year, part, suffix in itertools.product(prefixes, years, parts, suffixes)
        if year or part
    ]
    spans = [
        f"2023年{first}{unit}{dash}{last}月"
        for first, unit, dash, last in itertools.product([1, 4, 9], ["月", ""], ["-", "至", "—"], [6, 10, 12])
        if first < last
    ]
    return [(text, datetime.date(2022, 9, 21)) for text in random.Random(seed).sample(every + spans, count)]


def read_by_duban(command, phrases):
    """What duban says of each phrase, in order."""
    lines = "".join(f"{text}\t{issued}\n" for text, issued in phrases)
    output = subprocess.run([command, "deadline", "--json"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in output.stdout.splitlines()]


def read_by_jionlp(text, issued):
    """The last day of the time that JioNLP finds; nothing where it finds none or no end."""
    base = datetime.datetime.combine(issued, datetime.time()).timestamp()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            found = jionlp.parse_time(text, time_base=base)
    except Exception:  # it raises whatever its rules run into
        return None
    if found["type"] not in ("time_point", "time_span") or found["time"][1] in ("inf", "-inf"):
        return None
    return found["time"][1][:10]


def classify(reading, theirs):
    """Agreement, or the kind of disagreement."""
    kinds = {item["kind"] for item in reading["readings"]}
    if reading["status"] != "read":
        return f"duban {reading['status']}, JioNLP {'reads a day' if theirs else 'reads nothing'}"
    if not kinds <= {"date", "range"}:
        return f"duban reads {'+'.join(sorted(kinds))}, which JioNLP {'reads as a day' if theirs else 'has no words for'}"
    if theirs is None:
        return "duban reads a day, JioNLP nothing"
    ours = [item["due"] for item in reading["readings"]]
    return "agree" if theirs in ours else "both read a day, and differ"


def main():
    """Prints the classes with their counts and, with --list, every phrase of each."""
    options = argparse.ArgumentParser()
    options.add_argument("--duban", default=str(ROOT / ".build/debug/duban"))
    options.add_argument("--sample", type=int, default=600)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--list", action="store_true")
    chosen = options.parse_args()
    for name, phrases in [
        ("deadlines.tsv", list(real_phrases())),
        ("composed", composed_phrases(chosen.sample, chosen.seed)),
    ]:
        classes = collections.defaultdict(list)
        for (text, issued), reading in zip(phrases, read_by_duban(chosen.duban, phrases)):
            theirs = read_by_jionlp(text, issued)
            ours = [item.get("due") for item in reading["readings"]] or reading.get("alternatives", [])
            classes[classify(reading, theirs)].append((text, ours, theirs))
        print(f"{name}: {len(phrases)} phrases")
        for kind, members in sorted(classes.items(), key=lambda item: -len(item[1])):
            print(f"  {len(members):4}  {kind}")
            if chosen.list and kind != "agree":
                for text, ours, theirs in members:
                    print(f"        {text}: {ours} / {theirs}")


if __name__ == "__main__":
    main()
