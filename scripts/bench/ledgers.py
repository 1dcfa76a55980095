"""Large ledgers: read, checked and planned for a day and for a year, next to Remind over the same dates; two hundred
ledgers; and the idle service with a million measures.

    scripts/bench/run.py --only ledgers [--quick]
"""

import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import made_ledger
from common import ROOT, Row, Usage, alternate, megabytes, run, seconds

HOLIDAYS = ROOT / "etc" / "holidays"
DAY = "2022-12-16"
START_UP = 0.020  # seconds that a process may take before it reads anything
IDLE_SECONDS = 20


def rows(context):
    if not shutil.which("remind"):
        raise RuntimeError("remind isn't there: apt-get install remind")
    result = [day(context, measures) for measures in sizes(context)]
    result.append(year(context))
    result += plans(context)
    result.append(idle(context))
    return result


def sizes(context):
    return [10_000, 100_000] if context.quick else [10_000, 100_000, 1_000_000]


def folder_of(context, measures):
    folder = context.scratch / str(measures)
    if not folder.exists():
        made_ledger.write(folder, measures)
        made_ledger.configure(folder, HOLIDAYS)
    return folder


def plan(context, folder, first, last):
    return run([context.duban, "plan", "--config", folder / "duban.yaml", "--from", first, "--to", last])


def day(context, measures):
    """Read, check and plan one day."""
    folder = folder_of(context, measures)
    ours, peer = alternate(
        lambda: plan(context, folder, DAY, DAY), lambda: run(["remind", "-q", "-r", folder / "remind.rem", DAY]),
        3 if measures > 100_000 else 7)
    isLarge = measures > 100_000
    limit = peer.wall * 1.5 if isLarge else peer.wall + START_UP
    target = "1.5 times the time, under 400 MB" if isLarge else "no more time but 20 ms of start-up"
    return Row(
        f"read, check and plan a day, {measures:,} measures",
        f"{seconds(ours.wall)} ({seconds(ours.cpu)} of processor), {megabytes(ours.peak)}",
        f"Remind: {seconds(peer.wall)}, {megabytes(peer.peak)}", peer.wall / ours.wall, target,
        ours.wall <= limit and (not isLarge or ours.peak < 400_000))


def year(context):
    """A year, day by day. Remind runs once a day; 20 of its days are timed, and stand for 365."""
    measures, timed = 100_000, 20
    folder = folder_of(context, measures)
    ours = plan(context, folder, "2022-07-01", "2023-06-30")
    runs = [run(["remind", "-q", "-r", folder / "remind.rem", f"2022-12-{day + 1:02}"]) for day in range(timed)]
    peer = Usage(sum(one.wall for one in runs) * 365 / timed, 0, max(one.peak for one in runs))
    return Row(
        f"plan a year day by day, {measures:,} measures", f"{seconds(ours.wall)}, {megabytes(ours.peak)}",
        f"Remind, a run a day: {seconds(peer.wall)}", peer.wall / ours.wall, "10 times less",
        peer.wall / ours.wall >= 10)


def plans(context):
    """Two hundred plans of 500 measures: all of them, and the service's reload after a change of one."""
    folder = context.scratch / "plans"
    count = 200
    for number in range(1, count + 1):
        made_ledger.write(folder / f"{number:03}", 500, number)
    config = made_ledger.configure(
        folder, HOLIDAYS, "ledgers: [" + ", ".join(f"{number:03}/ledger.yaml" for number in range(1, count + 1)) + "]")
    command = [context.duban, "check", "--config", config, "--now", "2022-09-01T08:00"]
    both, one = alternate(lambda: run(command), lambda: run(["taskset", "-c", "0", *command]), 5)
    rows = [Row(
        f"read {count} plans of 500 measures, on all processors", seconds(both.wall),
        f"duban on one of them: {seconds(one.wall)}", one.wall / both.wall, "both processors at work",
        one.wall / both.wall > 1.3 or os.cpu_count() == 1)]
    return rows


def idle(context):
    """The service with the shipped plan, after it has looked at it: nobody wakes it, and it holds little memory."""
    folder = context.scratch / "shipped"
    folder.mkdir()
    shutil.copy(ROOT / "etc" / "ledger.yaml", folder)
    made_ledger.configure(folder, HOLIDAYS)
    address = str(context.scratch / "notify")
    notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notices.bind(address)
    notices.settimeout(300)
    # A Saturday: the service looks at the plan and finds nothing to send.
    process = subprocess.Popen(
        [context.duban, "run", "--log", "plain", "--config", folder / "duban.yaml", "--now", "2022-12-17T09:00"],
        env=dict(os.environ, NOTIFY_SOCKET=address), stderr=subprocess.DEVNULL)
    try:
        while b"STATUS=next look" not in notices.recv(4096):
            pass
        threading.Event().wait(10)  # idle threads of the pool end
        before = switches(process)
        threading.Event().wait(IDLE_SECONDS)
        wakeups = switches(process) - before
        resident, anonymous = memory(process)
    finally:
        process.terminate()
        process.wait()
        notices.close()
    return Row(
        "idle service, the shipped plan", f"{wakeups} wake-ups in {IDLE_SECONDS} s, {megabytes(resident)} resident, "
        f"{megabytes(anonymous)} of it anonymous", "Remind's daemon wakes every minute", float("nan"),
        "no wake-up, under 8 MB anonymous", wakeups == 0 and anonymous < 8_000)


def switches(process):
    """Voluntary context switches of all threads so far: each is a wake-up that went back to sleep."""
    total = 0
    for task in os.scandir(f"/proc/{process.pid}/task"):
        status = (Path(task.path) / "status").read_text()
        total += int(status.split("\nvoluntary_ctxt_switches:")[1].split("\n")[0])
    return total


def memory(process):
    """Resident and anonymous memory in kB."""
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    value = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return value["Rss"], value["Anonymous"]
