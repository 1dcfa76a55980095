#!/usr/bin/env python3
"""Scores duban's reading of deadline phrases against tables whose meanings were written by hand.

usage: score-deadlines.py [--duban PATH] TABLE…

A table has tab-separated columns: the phrase, the document's date, the meaning (`date:2022-12-31`,
`range:2022-01-01/2022-12-31`, `multi:A|B`, `recurring:FREQ=…`, `relative:+20 workdays …`, `event:…`, `longterm`,
`immediate`, joined by `+`; `ambiguous:…`, `unparseable`, `not-a-deadline`). Prints each phrase that isn't read as
meant, then the counts: right, unread (a person is asked) and wrong. Fails if any is wrong.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
UNITS = {"day": "day", "workday": "workday", "month": "month", "year": "year"}


def rows(path):
    """Phrase, date for duban (a day, a year or nothing) and meaning."""
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) > 2 and not line.startswith("#"):
            found = re.match(r"\d{4}-\d\d-\d\d|\d{4}", cells[1])
            yield cells[0], found.group() if found else "", cells[2]


def meant(meaning):
    """The parts of a meaning as comparable values."""
    for part in re.split(r"\+(?=longterm|immediate)", re.sub(r"^date\+longterm:(.*)", r"date:\1+longterm", meaning)):
        kind, _, value = part.partition(":")
        if kind == "multi":
            yield from (("due", day) for day in value.split("|"))
        elif kind == "date":
            yield "due", value[:10]
        elif kind == "range":
            yield "range", value
        elif kind == "recurring":
            yield "recurring", frozenset(p for p in value.split(";") if "=" in p and not p.startswith(("from", "until")))
        elif kind in ("relative", "event"):
            count = re.search(r"\+(\d+) (workday|day|month|year)", value)
            yield ("relative", int(count[1]), count[2]) if count else ("event", value)
        elif kind == "from":
            yield "from", value
        elif kind not in ("done",):
            yield (kind,)


def is_said(part, readings):
    """Whether one of the readings says that part."""
    for item in readings:
        kind = item["kind"]
        if part[0] == "due" and kind in ("date", "range") and item["due"] == part[1]:
            return True
        if part[0] == "range" and kind == "range" and f"{item['from']}/{item['due']}" == part[1]:
            return True
        if part[0] == "recurring" and kind == "recurring" and part[1] <= frozenset(item["rule"].split(";")):
            return True
        if part[0] == "relative" and kind == "relative" and (item["count"], item["unit"]) == part[1:]:
            return True
        if part[0] in ("from", "event") and kind == part[0]:
            return True
        if (part[0], kind) in (("longterm", "standing"), ("immediate", "immediate")):
            return True
    return False


def score(meaning, reading):
    """right, unread or wrong."""
    status, readings = reading["status"], reading["readings"]
    if meaning.startswith("not-a-deadline"):
        return {"none": "right", "read": "wrong"}.get(status, "unread")
    if meaning.startswith(("unparseable", "roll-rule", "ambiguous")) or "<Y>" in meaning:
        return "wrong" if status == "read" else "right"
    if status != "read":
        return "unread"
    parts = list(meant(meaning))
    said = all(is_said(part, readings) for part in parts)
    return "right" if said and len(readings) == len(parts) else "wrong"


def main():
    """Scores each table."""
    options = argparse.ArgumentParser()
    options.add_argument("--duban", default=str(ROOT / ".build/debug/duban"))
    options.add_argument("tables", nargs="+")
    chosen = options.parse_args()
    wrong = 0
    for table in chosen.tables:
        phrases = list(rows(table))
        lines = "".join(f"{text}\t{date}\n" for text, date, _ in phrases)
        run = subprocess.run(
            [chosen.duban, "deadline", "--json"], input=lines, capture_output=True, text=True, check=True
        )
        counts = {"right": 0, "unread": 0, "wrong": 0}
        for (text, date, meaning), line in zip(phrases, run.stdout.splitlines(), strict=True):
            reading = json.loads(line)
            kind = score(meaning, reading)
            counts[kind] += 1
            if kind != "right":
                print(f"{kind}\t{text}\t{date}\t{meaning}\t{reading['status']} {json.dumps(reading['readings'])}")
        print(f"{table}: {len(phrases)} phrases, " + ", ".join(f"{n} {kind}" for kind, n in counts.items()))
        wrong += counts["wrong"]
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
