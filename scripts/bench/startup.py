"""Start-up: `duban --version` and `duban check` of the shipped plan, against `/usr/bin/python3 -c pass` in the same run."""

import subprocess

from common import ROOT, Row, alternate, megabytes, run, seconds

PYTHON = "/usr/bin/python3"


def configuration(folder):
    """The shipped plan and holidays, with the shipped configuration's keys; read on a day on which all is well."""
    path = folder / "duban.yaml"
    text = (ROOT / "etc" / "duban.yaml").read_text(encoding="utf-8")
    for name in ("ledger: ledger.yaml", "holidays: holidays"):
        key, value = name.split(": ")
        text = text.replace(name, f"{key}: {ROOT}/etc/{value}")
    path.write_text(text, encoding="utf-8")
    password = folder / "relay-password"
    password.touch(mode=0o600)
    password.write_text("invented", encoding="utf-8")
    return path


def rows(context):
    config = configuration(context.scratch)
    commands = {
        "duban --version": [context.duban, "--version"],
        "duban check of the shipped plan": [context.duban, "check", "--config", config, "--now", "2022-09-22T08:00"],
    }
    times = 15 if context.quick else 60
    rows = []
    for name, command in commands.items():
        refused = subprocess.run(command, capture_output=True, text=True)
        if refused.returncode != 0:
            raise RuntimeError(f"{name}: {refused.stdout}{refused.stderr}")
        ours, peer = alternate(lambda: run(command), lambda: run([PYTHON, "-c", "pass"]), times)
        ratio = peer.wall / ours.wall
        rows.append(Row(
            f"start-up: {name}", f"{seconds(ours.wall)}, {megabytes(ours.peak)}",
            f"{seconds(peer.wall)}, {megabytes(peer.peak)} {PYTHON} -c pass", ratio, "no more time", ratio >= 1))
    return rows
