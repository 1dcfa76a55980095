"""A host of failover-run: a network namespace with a service in it."""

import glob
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from cluster import PRIMARY, STANDBY, Failure, run


class Host:
    """A network of its own, a process namespace of its own, a name of its own, and a service."""

    def __init__(self, name, folder, bridge, net, address, faketime=None):
        self.name, self.folder, self.net, self.faketime = name, folder / name, net, faketime
        self.folder.mkdir()
        self.link = self.space = f"{bridge}{name}"
        self.process, self.program = None, None
        run("ip", "netns", "add", self.space)
        run("ip", "link", "add", self.link, "type", "veth", "peer", "name", "eth0", "netns", self.space)
        run("ip", "link", "set", self.link, "master", bridge, "up")
        run("ip", "netns", "exec", self.space, "ip", "addr", "add", f"{net}.{address}/24", "dev", "eth0")
        for device in ("eth0", "lo"):
            run("ip", "netns", "exec", self.space, "ip", "link", "set", device, "up")

    def configure(self, schema, ledger, authority, relay_port):
        local = self.folder / "local"
        shutil.rmtree(local, ignore_errors=True)
        local.mkdir()
        (self.folder / "log").write_text("")
        (self.folder / "ledger.yaml").write_text(ledger, encoding="utf-8")
        (self.folder / "duban.yaml").write_text(
            f"ledger: ledger.yaml\nholidays: {self.folder.parent}/holidays\nstate:\n"
            f'  url: "postgresql://duban@{self.net}.1:{PRIMARY},{self.net}.1:{STANDBY}/postgres?sslrootcert={authority}"\n'
            f"  schema: {schema}\n  directory: local\n"
            f"relay:\n  url: smtps://{self.net}.1:{relay_port}\n  authorities: {authority}\n"
            "  from: 督办 <contact@example.org>\n"
            "delivery: {perConnection: 50, perMinute: 10000, perDay: 1000000}\nreminders: {sendAt: \"00:01\"}\n"
            "observe: {metrics: local/duban.prom}\n",
            encoding="utf-8")

    def start(self, program):
        self.program = program
        command = ["ip", "netns", "exec", self.space, "unshare", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc",
                   "sh", "-c", 'hostname "$1"; shift; exec "$@"', "sh", self.name]
        command += [program, "run", "--log", "plain", "--config", self.folder / "duban.yaml"]
        environment = dict(os.environ)
        if self.faketime:
            # Without its wrapper, whose semaphore has the process number in its name, which all hosts' services share.
            # Set for the first program of the chain: in one that it is loaded into directly, Swift finds no arguments.
            libraries = [self.folder.parent / "timers.so", *glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")]
            environment |= {"LD_PRELOAD": ":".join(map(str, libraries)), "FAKETIME": self.faketime,
                            "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        with open(self.folder / "log", "a", encoding="utf-8") as log:
            self.process = subprocess.Popen([str(w) for w in command], stdout=log, stderr=log, env=environment)

    def log(self):
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def metrics(self):
        path = self.folder / "local/duban.prom"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def service(self):
        """The service's own number, below unshare's."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            number = self.process.pid
            for _ in range(6):
                try:
                    if os.readlink(f"/proc/{number}/exe") == str(self.program):
                        return number
                    below = Path(f"/proc/{number}/task/{number}/children").read_text().split()
                except OSError:
                    break  # It has just become another program, or ended.
                if not below:
                    break
                number = int(below[0])
            time.sleep(0.02)
        raise Failure(f"{self.name} doesn't run:\n{self.log()[-2500:]}")

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def signal(self, number):
        os.kill(self.service(), number)

    def kill(self):
        if self.is_running():
            self.process.kill()
        if self.process:
            self.process.wait()
            for left in glob.glob(f"/dev/shm/*faketime*_{self.process.pid}"):
                os.unlink(left)

    def end(self):
        """Asks it to end, as systemd does."""
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            raise Failure(f"{self.name} doesn't end:\n{self.log()[-2500:]}") from None

    def cut(self, is_cut):
        run("ip", "link", "set", self.link, "down" if is_cut else "up")

    def remove(self):
        self.kill()
        subprocess.run(["ip", "netns", "del", self.space], check=False)
