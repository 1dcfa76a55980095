"""Postfix's smtp-sink on a free loopback port: takes every mail and keeps none."""

import shutil
import socket
import subprocess
import time

from common import ROOT


class Sink:
    """Use it in a `with` statement: it listens from then on, and is ended afterwards."""

    def __enter__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            [tool("smtp-sink"), "-u", "nobody", f"127.0.0.1:{self.port}", "100"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        self.process.kill()
        raise RuntimeError("smtp-sink doesn't listen")

    def configure(self, folder, connections):
        """Makes an office of a folder with a ledger.yaml: this sink for its relay, as fast as it can."""
        shutil.copytree(ROOT / "etc" / "holidays", folder / "holidays")
        (folder / "state").mkdir()
        configuration = folder / "duban.yaml"
        configuration.write_text(
            f"ledger: ledger.yaml\nholidays: holidays\nstate: {folder}/state\n"
            f"relay:\n  url: smtp://127.0.0.1:{self.port}\n  from: 督办 <contact@example.org>\n"
            f"delivery: {{connections: {connections}, perConnection: none, perMinute: none, perDay: none}}\n",
            encoding="utf-8")
        return configuration

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def tool(name):
    """Where one of Postfix's test programs is."""
    path = shutil.which(name, path="/usr/sbin:/usr/lib/postfix/sbin:/usr/bin")
    if path is None:
        raise RuntimeError(f"{name} isn't installed (Debian: postfix)")
    return path


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
