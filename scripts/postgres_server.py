"""A PostgreSQL of a script's own, as nobody, with the settings that it comes with; reached by a socket alone."""

import csv
import glob
import io
import os
import subprocess
import tempfile
from pathlib import Path

NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


class PostgresServer:
    """Use it in a `with` statement: it runs from then on, and is ended afterwards."""

    def __init__(self, parent):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
        if not programs:
            raise RuntimeError("PostgreSQL isn't installed (Debian: postgresql)")
        self.folder, self.schemas = Path(tempfile.mkdtemp(dir=parent, prefix="postgres-")), 0
        Path(parent).chmod(0o755)
        if os.geteuid() == 0:
            os.chown(self.folder, 65534, 65534)
        self.uri = f"postgresql://duban@/postgres?host={self.folder}"
        self.environment = {"PATH": f"{programs[-1]}:/usr/bin:/bin", "LC_ALL": "C"}

    def command(self, *words, **options):
        user = NOBODY if os.geteuid() == 0 else []
        done = subprocess.run([*user, *map(str, words)], env=self.environment | options, cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{words[0]}: {done.stdout}")
        return done.stdout

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

    def state(self, schema, directory):
        """What `state:` says of an office there."""
        return f'state: {{url: "{self.uri}", schema: {schema}, directory: {directory}}}\n'

    def query(self, schema, sql):
        """The rows, with numbers as numbers, and nothing as an empty text."""
        rows = csv.reader(io.StringIO(self.command(
            "psql", "-h", self.folder, "-U", "duban", "-d", "postgres", "-qtX", "--csv", "-c", sql,
            PGOPTIONS=f"-csearch_path={schema}")))
        return [tuple(int(cell) if cell.isdecimal() else cell for cell in row) for row in rows]
