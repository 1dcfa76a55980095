"""How fast a composed backlog leaves the durable queue, next to Postfix's smtp-source, which keeps no queue at all,
and Python's smtplib. All of them to the same smtp-sink on loopback.

    scripts/bench/run.py --only delivery [--quick]
"""

import os
import shutil
import smtplib
import socket
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

from common import ROOT, Row, Usage, alternate, run
from sink import Sink, tool

QUEUED_AT = 1671409860  # 2022-12-19 08:31 in Shanghai: no reminder of the ledger below is due then.
NOW = "2022-12-19T08:31"
SIZE = 4096


def rows(context):
    """1 and 4 connections against smtp-source, and one connection against smtplib."""
    mails = 2000 if context.quick else 20_000
    result = []
    with Sink() as sink:
        for connections in (1, 4):
            ours, peer = alternate(
                lambda: drain(context, sink, mails, connections), lambda: source(sink, mails, connections),
                1 if context.quick else 4)
            result.append(row(
                f"{mails} mails of 4 KB out of the durable queue, {connections} connection{'s'[:connections > 1]}",
                mails, ours, peer, "smtp-source, no queue", 0.7))
            if connections == 1:
                peer = smtplib_peer(sink, mails // 4, mails)
                most = peer.wall / fewest_steps(sink, mails).wall
                result.append(row(
                    f"{mails} mails of 4 KB out of the durable queue, 1 connection", mails, ours, peer,
                    "smtplib, no queue", 8, f"; the sink itself ends at {most:.1f}"))
    return result


def row(what, mails, ours, peer, name, target, remark=""):
    ratio = peer.wall / ours.wall
    return Row(
        what, f"{mails / ours.wall:.0f}/s", f"{name}: {mails / peer.wall:.0f}/s", ratio, f"{target}{remark}",
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


def smtplib_peer(sink, mails, scale):
    """smtplib over one kept connection; it is slow, so that it sends fewer, and the time is scaled."""
    line = b"x" * 74 + b"\r\n"
    start, cpu = time.monotonic(), time.process_time()
    with smtplib.SMTP("127.0.0.1", sink.port) as session:
        for number in range(mails):
            header = f"Message-ID: <{number}@example.org>\r\nSubject: x\r\n\r\n".encode()
            session.sendmail("a@example.org", ["b@example.org"], header + line * (SIZE // len(line) + 1))
    factor = scale / mails
    return Usage((time.monotonic() - start) * factor, (time.process_time() - cpu) * factor, 0)


def fewest_steps(sink, mails):
    """How fast anybody could be over one connection: the same bytes again and again, kept nowhere, with the fewest steps
    that SMTP allows. Each mail's text waits for the answer to its DATA (RFC 2920, 3.1), so that a mail takes one round
    trip; the sink doesn't offer CHUNKING (RFC 3030), which would need none."""
    line = b"x" * 74 + b"\r\n"
    envelope = b"MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"
    mail = b"Subject: x\r\n\r\n" + line * (SIZE // len(line) + 1) + b".\r\n" + envelope
    with socket.create_connection(("127.0.0.1", sink.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def answers(lines):
            while lines > 0:
                lines -= connection.recv(4096).count(b"\n")

        answers(1)
        connection.sendall(b"HELO x\r\n")
        answers(1)
        start = time.monotonic()
        connection.sendall(envelope)
        answers(3)
        for _ in range(mails):
            connection.sendall(mail)
            answers(4)
        return Usage(time.monotonic() - start, 0, 0)
