"""How long one day of many owners takes from a cold start: tables read, mails planned, composed, queued and delivered;
next to a Python script in the manner of Redmine's reminders, which keeps no queue and no record.

    scripts/bench/run.py --only day [--quick]
"""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from common import Row, median, run, seconds
from sink import Sink

DAY = "2022-12-20"  # A Tuesday: on Mondays the contact gets a digest of everything.
DUE = "2022-12-31"


def rows(context):
    """A day over 1 and over 4 connections, each before and after the script."""
    owners = 1000 if context.quick else 20_000
    tables = context.scratch / "tables"
    tables.mkdir()
    write_tables(tables, owners)
    runs = {1: [], 4: []}
    with Sink() as sink:
        for connections in runs:
            runs[connections].append(day(context, tables, sink, owners, connections))
        peer = run([sys.executable, Path(__file__).parent / "day_peer.py", tables, sink.port, DAY])
        for connections in runs:
            runs[connections].append(day(context, tables, sink, owners, connections))
    result = []
    for connections, usages in runs.items():
        ours = median(usages)
        ratio = peer.wall / ours.wall
        result.append(Row(
            f"one day's mails for {owners} owners from a cold start, {connections} connection{'s'[:connections > 1]}",
            seconds(ours.wall), f"Python, Jinja2 and smtplib, 1 connection: {seconds(peer.wall)}", ratio, "5",
            ratio >= 5))
    return result


def write_tables(folder, owners):
    """Every owner has one measure that is due soon, every other one has two."""
    with open(folder / "owners.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["责任人", "责任单位", "邮箱"])
        for number in range(owners):
            table.writerow([f"责任人{number}", f"第{number}单位", f"owner{number}@example.org"])
    with open(folder / "measures.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([
            "序号", "领域", "主要问题", "整改目标", "整改措施", "具体内容", "责任单位", "责任人", "完成时限", "明确日期", "状态"])
        for number in range(owners + owners // 2):
            owner = number % owners
            table.writerow([
                f"1.{number + 1}", "演练", "问题", "目标", f"完成第{number}项整改", f"按要求完成第{number}项整改并报送材料",
                f"第{owner}单位", f"责任人{owner}", "2022年12月31日前", DUE, "进行中"])
    (folder / "ledger.yaml").write_text(
        "plan:\n  title: 演练方案\n  number: 演练〔2022〕1号\n  issued: 2022-09-21\n"
        '  contact: {unit: 联系单位, person: 联系人, phone: "1", email: contact@example.org}\n'
        "reports: []\nowners: owners.csv\nmeasures: measures.csv\n", encoding="utf-8")


def day(context, tables, sink, owners, connections):
    """Ours, on a state directory that is new, on the disk that such a one is on."""
    folder = Path(tempfile.mkdtemp(dir=context.scratch, prefix="office-"))
    try:
        shutil.copytree(tables, folder, dirs_exist_ok=True)
        configuration = sink.configure(folder, connections)
        os.sync()  # Writing the tables back must not slow down what is measured.
        usage = run(
            [context.duban, "run", "--once", "--config", configuration, "--now", f"{DAY}T08:31"],
            stderr=subprocess.DEVNULL)
        check_sent(folder, owners)
        return usage
    finally:
        shutil.rmtree(folder)


def check_sent(folder, owners):
    """Each owner was mailed, and nothing is left."""
    with closing(sqlite3.connect(folder / "state" / "duban.sqlite")) as database:
        sent, persons = database.execute(
            "SELECT count(*), count(DISTINCT recipient) FROM entry WHERE state = 'sent' AND recipient LIKE 'owner%'"
        ).fetchone()
        left = database.execute("SELECT count(*) FROM entry WHERE state <> 'sent'").fetchone()[0]
    if (sent, persons, left) != (owners, owners, 0):
        raise RuntimeError(f"{sent} mails to {persons} of {owners} owners are sent, {left} are left")
