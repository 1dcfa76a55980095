"""The database of failover-run: a PostgreSQL with a synchronous standby, as nobody."""

import glob
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
PRIMARY, STANDBY = 5501, 5502
# Seconds for what PostgreSQL does, on a machine that does other things too.
PATIENCE = 180


class Failure(Exception):
    """What ends the run."""


def run(*words, **options):
    done = subprocess.run([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, words))}: {done.stdout}")
    return done.stdout


class Cluster:
    """A primary with a synchronous standby, made anew after each phase that breaks it."""

    @staticmethod
    def programs():
        return sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))

    def __init__(self, folder, net):
        self.folder, self.net = folder / "postgres", net
        self.folder.mkdir()
        for name in ("server.pem", "server.key"):
            shutil.copy(folder / name, self.folder)
        os.chmod(self.folder / "server.key", 0o600)
        for path in [self.folder, *self.folder.iterdir()]:
            os.chown(path, 65534, 65534)
        self.environment = {"PATH": f"{os.path.dirname(self.programs()[-1])}:/usr/bin:/bin", "LC_ALL": "C"}
        self.primary, self.standby, self.number, self.port = None, None, 0, PRIMARY
        self.is_broken = False
        self.build()

    def pg(self, *words):
        return run(*NOBODY, *words, env=self.environment, cwd=self.folder)

    def start(self, data, port, *settings):
        options = " ".join(f"-c {s}" for s in (
            f"port={port}", f"listen_addresses={self.net}.1", f"unix_socket_directories={self.folder}", "ssl=on",
            f"ssl_cert_file={self.folder}/server.pem", f"ssl_key_file={self.folder}/server.key", "max_connections=200",
            "wal_sender_timeout=5s", "dynamic_shared_memory_type=mmap", *settings))
        try:
            self.pg("pg_ctl", "-D", data, "-w", "-t", PATIENCE, "-l", f"{data}.log", "-o", options, "start")
        except Failure as failure:
            log = Path(f"{data}.log").read_text(encoding="utf-8", errors="replace")
            raise Failure(f"{failure}{log[-2000:]}") from None

    def build(self):
        """A new cluster; the hosts' directories forget the old one."""
        self.stop()
        self.number += 1
        a, b = self.folder / f"a{self.number}", self.folder / f"b{self.number}"
        self.pg("initdb", "-D", a, "-A", "trust", "-U", "duban", "--no-sync", "-E", "UTF8", "--locale=C")
        with open(a / "pg_hba.conf", "a", encoding="utf-8") as rules:
            rules.write(f"hostssl all all {self.net}.0/24 trust\nhostssl replication all {self.net}.0/24 trust\n")
        self.primary, self.standby, self.port, self.is_broken = a, b, PRIMARY, False
        self.start(a, PRIMARY)
        self.pg("pg_basebackup", "-d", f"host={self.folder} port={PRIMARY} user=duban application_name=b", "-D", b, "-R",
                "-X", "stream", "-c", "fast", "--no-sync")
        self.start(b, STANDBY)
        self.sql("ALTER SYSTEM SET synchronous_standby_names = 'b'", "SELECT pg_reload_conf()")
        deadline = time.monotonic() + PATIENCE
        while "sync" not in self.sql("SELECT sync_state FROM pg_stat_replication"):
            if time.monotonic() > deadline:
                raise Failure("the standby doesn't follow")
            time.sleep(0.1)

    def sql(self, *statements, port=None):
        words = [w for s in statements for w in ("-c", s)]
        return self.pg("psql", "-h", self.folder, "-p", port or self.port, "-U", "duban", "-d", "postgres", "-AtX", "-q",
                       "-F", "|", *words)

    def promote(self):
        """The primary dies, and the standby takes its place, alone."""
        self.is_broken = True
        os.kill(int((self.primary / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        # Killed themselves, its processes leave nothing that the old primary would wait for when it comes back.
        deadline = time.monotonic() + 20
        while (children := self.children(self.primary)) and time.monotonic() < deadline:
            for child in children:
                try:
                    os.kill(child, signal.SIGKILL)
                except ProcessLookupError:
                    pass  # It ended with its parent.
            time.sleep(0.05)
        self.sql("ALTER SYSTEM RESET synchronous_standby_names", port=STANDBY)
        self.pg("pg_ctl", "-D", self.standby, "-w", "-t", PATIENCE, "promote")
        self.sql("SELECT pg_reload_conf()", port=STANDBY)
        self.port = STANDBY

    def children(self, data):
        found = []
        for path in glob.glob("/proc/[0-9]*/cwd"):
            try:
                if os.readlink(path).split(" ")[0] == str(data):
                    found.append(int(path.split("/")[2]))
            except OSError:
                pass  # It has ended.
        return found

    def restart_old(self):
        """The old primary comes back and thinks that it still is one."""
        # Killed, it left these behind; they name a process that may not have been reaped, or another one by now.
        for path in [self.primary / "postmaster.pid", *self.folder.glob(f".s.PGSQL.{PRIMARY}*")]:
            path.unlink(missing_ok=True)
        self.start(self.primary, PRIMARY, "synchronous_standby_names=''")

    def pause(self, seconds):
        for data in (self.primary, self.standby):
            self.pg("pg_ctl", "-D", data, "-m", "fast", "-w", "-t", PATIENCE, "stop")
        time.sleep(seconds)
        self.start(self.standby, STANDBY)
        self.start(self.primary, PRIMARY)

    def stop(self):
        for data in (self.primary, self.standby):
            if data and (data / "postmaster.pid").exists():
                subprocess.run([*NOBODY, "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop"], env=self.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
            if data:
                shutil.rmtree(data, ignore_errors=True)
