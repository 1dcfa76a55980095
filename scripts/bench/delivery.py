"""How fast a composed backlog leaves the durable queue, next to Postfix's smtp-source, which keeps no queue at all. Both
to the same smtp-sink on loopback.

    scripts/bench/run.py --only delivery [--quick]
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from common import ROOT, Row, alternate, run
from sink import Sink, tool

QUEUED_AT = 1671409860  # 2022-12-19 08:31 in Shanghai: no reminder of the ledger below is due then.
NOW = "2022-12-19T08:31"
SIZE = 4096


def rows(context):
    """1 and 4 connections against smtp-source, which keeps no queue."""
    mails = 2000 if context.quick else 20_000
    result = []
    with Sink() as sink:
        for connections, target in ((1, 0.7), (4, 0.6)):
            ours, peer = alternate(
                lambda: drain(context, sink, mails, connections), lambda: source(sink, mails, connections),
                1 if context.quick else 4)
            result.append(row(
                f"{mails} mails of 4 KB out of the durable queue, {connections} connection{'s'[:connections > 1]}",
                mails, ours, peer, "smtp-source, no queue", target))
    return result


def row(what, mails, ours, peer, name, target):
    ratio = peer.wall / ours.wall
    return Row(
        what, f"{mails / ours.wall:.0f}/s", f"{name}: {mails / peer.wall:.0f}/s", ratio, f"{target}",
        ratio >= target)


def drain(context, sink, mails, connections):
    """A fresh queue is filled, which isn't counted, and drained by `duban run --once`, which is, from start to end."""
    folder = Path(tempfile.mkdtemp(dir=context.scratch, prefix="office-"))
    try:
        configuration = write_office(folder, sink, connections)
        subprocess.run(
            [peer_program(context), "fill", folder / "state", str(QUEUED_AT), str(mails)], check=True,
            stdout=subprocess.DEVNULL)
        os.sync()  # Writing the fill back must not slow down what is measured.
        usage = run(
            [context.duban, "run", "--once", "--config", configuration, "--now", NOW],
            stderr=subprocess.DEVNULL)
        check_drained(folder, mails)
        return usage
    finally:
        shutil.rmtree(folder)


def write_office(folder, sink, connections):
    shutil.copy(ROOT / "etc" / "ledger.yaml", folder)
    return sink.configure(folder, connections)


def check_drained(folder, mails):
    """Nobody is quick by not doing it: every mail must be on record as sent."""
    with closing(sqlite3.connect(folder / "state" / "duban.sqlite")) as database:
        sent = database.execute("SELECT count(*) FROM entry WHERE state = 'sent'").fetchone()[0]
        left = database.execute("SELECT count(*) FROM entry WHERE state <> 'sent'").fetchone()[0]
    if sent < mails or left:
        raise RuntimeError(f"{sent} of {mails} mails are sent, {left} are left")


def peer_program(context):
    """The tests' helper that fills a queue, as `swift build` made it for release or for the tests."""
    for products in (context.products, ROOT / ".build" / "release", ROOT / ".build" / "debug"):
        if (products / "outbox-peer").exists():
            return products / "outbox-peer"
    raise RuntimeError("outbox-peer isn't there: swift build --product outbox-peer")


def source(sink, mails, connections):
    """smtp-source over kept connections (-d)."""
    return run([
        tool("smtp-source"), "-d", "-s", connections, "-m", mails, "-l", SIZE, "-f", "a@example.org",
        "-t", "b@example.org", f"127.0.0.1:{sink.port}"])
