"""How fast the backlog of delivery.py leaves a PostgreSQL on loopback, next to SQLite in the same run, both as durable as
they come.

    scripts/bench/run.py --only postgres [--quick]
"""

import glob
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from common import alternate, run
from delivery import NOW, QUEUED_AT, drain, peer_program, row, write_office
from sink import Sink

NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def rows(context):
    mails = 2000 if context.quick else 20_000
    with Sink() as sink, Server(context.scratch) as server:
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
        text = configuration.read_text(encoding="utf-8").replace(
            f"state: {folder}/state\n",
            f'state: {{url: "{server.uri}", schema: {schema}, directory: {folder}/state}}\n')
        configuration.write_text(text, encoding="utf-8")
        subprocess.run(
            [peer_program(context), "fill", f"{server.uri} {schema}", str(QUEUED_AT), str(mails)], check=True,
            stdout=subprocess.DEVNULL)
        os.sync()
        usage = run([context.duban, "run", "--once", "--config", configuration, "--now", NOW], stderr=subprocess.DEVNULL)
        if (left := server.ask(f"SELECT count(*) FILTER (WHERE state = 'sent') FROM {schema}.entry")) < mails:
            raise RuntimeError(f"{left} of {mails} mails are sent")
        return usage
    finally:
        shutil.rmtree(folder)


class Server:
    """A PostgreSQL of its own, as nobody, with the settings that it comes with."""

    def __init__(self, scratch):
        self.folder, self.schemas = Path(tempfile.mkdtemp(dir=scratch, prefix="postgres-")), 0
        scratch.chmod(0o755)
        os.chown(self.folder, 65534, 65534)
        self.uri = f"postgresql://duban@/postgres?host={self.folder}"
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
        if not programs:
            raise RuntimeError("PostgreSQL isn't installed (Debian: postgresql)")
        self.environment = {"PATH": f"{programs[-1]}:/usr/bin:/bin", "LC_ALL": "C"}

    def command(self, *words):
        return subprocess.run([*NOBODY, *map(str, words)], check=True, env=self.environment, cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def __enter__(self):
        self.command("initdb", "-D", self.folder / "data", "-A", "trust", "-U", "duban", "-E", "UTF8", "--locale=C")
        self.command("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o",
                     f"-k {self.folder} -c listen_addresses=", "start")
        return self

    def __exit__(self, *_):
        self.command("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def new_schema(self):
        self.schemas += 1
        return f"office{self.schemas}"

    def ask(self, sql):
        return int(self.command("psql", "-h", self.folder, "-U", "duban", "-d", "postgres", "-AtXc", sql))
