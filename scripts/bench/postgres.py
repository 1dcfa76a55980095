"""How fast the backlog of delivery.py leaves a PostgreSQL on loopback, next to SQLite in the same run, both as durable as
they come.

    scripts/bench/run.py --only postgres [--quick]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common import ROOT, alternate, run
from delivery import NOW, QUEUED_AT, drain, peer_program, row, write_office
from sink import Sink

sys.path.insert(0, str(ROOT / "scripts"))
from postgres_server import PostgresServer  # noqa: E402


def rows(context):
    mails = 2000 if context.quick else 20_000
    with Sink() as sink, PostgresServer(context.scratch) as server:
        ours, peer = alternate(
            lambda: drain_shared(context, sink, server, mails), lambda: drain(context, sink, mails, 1),
            1 if context.quick else 3)
    return [row(f"{mails} mails of 4 KB out of PostgreSQL, 1 connection", mails, ours, peer, "SQLite", 0.5)]


def drain_shared(context, sink, server, mails):
    """As delivery.py's: a fresh queue is filled, which isn't counted, and drained, which is."""
    folder = Path(tempfile.mkdtemp(dir=context.scratch, prefix="office-"))
    schema = server.new_schema()
    try:
        configuration = write_office(folder, sink, 1)
        text = configuration.read_text(encoding="utf-8")
        configuration.write_text(
            text.replace(f"state: {folder}/state\n", server.state(schema, folder / "state")), encoding="utf-8")
        subprocess.run(
            [peer_program(context), "fill", f"{server.uri} {schema}", str(QUEUED_AT), str(mails)], check=True,
            stdout=subprocess.DEVNULL)
        os.sync()
        usage = run([context.duban, "run", "--once", "--config", configuration, "--now", NOW], stderr=subprocess.DEVNULL)
        [(sent, left)] = server.query(
            schema, "SELECT count(*) FILTER (WHERE state = 'sent'), count(*) FILTER (WHERE state <> 'sent') FROM entry")
        if sent < mails or left:
            raise RuntimeError(f"{sent} of {mails} mails are sent, {left} are left")
        return usage
    finally:
        shutil.rmtree(folder)
