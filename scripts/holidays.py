#!/usr/bin/env python3
"""Writes etc/holidays/YEAR.json (the holiday-cn format) from a list of days by calendar year.

The list gives each day under the year of its date; holiday-cn files go by the year of the State Council's
notice. The list's own `spill_over` names the days that another year's notice announced.

Usage: scripts/holidays.py [LIST.json [DIRECTORY]]
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json"


def notices(days_by_year):
    """The content of each notice's file, by year."""
    moved = {entry["date"]: str(entry["in_file"]) for entry in days_by_year["spill_over"]}
    days = {year: [] for year in days_by_year["years"]}
    for year, listed in days_by_year["years"].items():
        for key, is_off_day in (("holidays", True), ("makeup_workdays", False)):
            for day in listed[key]:
                days[moved.get(day["date"], year)].append(
                    {"name": day["name"], "date": day["date"], "isOffDay": is_off_day}
                )
    return {
        year: {
            "$schema": SCHEMA,
            "year": int(year),
            "papers": days_by_year["years"][year]["papers"],
            "days": sorted(entries, key=lambda entry: entry["date"]),
        }
        for year, entries in days.items()
    }


def written(notice):
    """The file's text: one day a line, so that a change of one day is a change of one line."""
    days = ",\n".join("    " + json.dumps(day, ensure_ascii=False) for day in notice["days"])
    head = {key: value for key, value in notice.items() if key != "days"}
    opening = json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{opening},\n  "days": [\n{days}\n  ]\n}}\n'


def main(arguments):
    fixture = ROOT / "Tests/DubanLedgerTests/Fixtures/cn-workdays.json"
    source = pathlib.Path(arguments[0]) if arguments else fixture
    directory = pathlib.Path(arguments[1]) if len(arguments) > 1 else ROOT / "etc/holidays"
    directory.mkdir(parents=True, exist_ok=True)
    for year, notice in notices(json.loads(source.read_text(encoding="utf-8"))).items():
        (directory / f"{year}.json").write_text(written(notice), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
