"""Composing a mail of 20 items: text, HTML and calendar file, against Jinja2 and EmailMessage in the same run.

Both read the same ledger, made of the measures of the shipped plan, and compose the same 20 mails; their texts, HTML
and calendars are compared first. Needs Jinja2 (python3-jinja2) and compose-bench beside duban.
"""

import email
import json
import re
import statistics
import subprocess
import sys
from email import policy
from pathlib import Path

from common import ROOT, Row, seconds

DAY = "2022-12-16"
DUES = ("2022-12-19", "2022-12-23", "2022-12-31")
ITEMS, OWNERS, TARGET = 20, 20, 10


def measures(context):
    """The measures of the shipped plan, as duban reads them."""
    configuration = context.scratch / "duban.yaml"
    configuration.write_text(
        f"ledger: {ROOT}/etc/ledger.yaml\nholidays: {ROOT}/etc/holidays\nstate: {context.scratch}/state\n"
        "relay:\n  url: smtp://127.0.0.1:25\n  from: duban@example.org\n")
    listed = subprocess.run(
        [context.duban, "ledger", "--json", "--config", configuration], capture_output=True, text=True)
    return [measure for area in json.loads(listed.stdout)["areas"] for measure in area["measures"]]


def ledger(context):
    """Every owner has 20 measures that are reminded of on one day, three dates among them."""
    known = measures(context)
    owners = [
        {"person": f"负责人{index}", "unit": f"区第{index}责任单位", "email": f"owner{index}@example.org"}
        for index in range(101, 101 + OWNERS)]
    areas = []
    for index, owner in enumerate(owners, 1):
        chosen = [known[(index + place) % len(known)] for place in range(ITEMS)]
        areas.append({
            "name": f"领域{index}", "problems": ["问题"], "goal": "目标",
            "measures": [{
                "id": f"{index}.{place}", "title": measure["title"], "text": measure["text"],
                "units": [owner["unit"]], "persons": [owner["person"]], "deadline": due, "due": due,
                "status": "open"}
                for place, measure in enumerate(chosen, 1) for due in [DUES[place * len(DUES) // (ITEMS + 1)]]]})
    plan = {
        "title": "营商环境评价整改提升方案", "number": "洛开〔2022〕19号", "issued": "2022-09-21",
        "contact": {"unit": "区营商服务中心", "person": "杜潘", "phone": "65650023", "email": "zwfwjzhc@example.org"}}
    path = context.scratch / "ledger.yaml"
    # JSON is YAML.
    path.write_text(
        json.dumps({"plan": plan, "reports": [], "owners": owners, "areas": areas}, ensure_ascii=False),
        encoding="utf-8")
    return path


def parts(path):
    """A mail's structure, text, HTML and calendar; the peer names events by another hash."""
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    contents = [leaf.get_payload(decode=True).replace(b"\r\n", b"\n") for leaf in leaves]
    contents[2] = re.sub(rb"UID:.*\n", b"", contents[2])
    return [part.get_content_type() for part in message.walk()], message["subject"], *contents


def first_difference(mine, theirs):
    if not isinstance(mine, bytes):
        return mine, theirs
    lines = zip(mine.decode().split("\n"), theirs.decode().split("\n"))
    return next((pair for pair in lines if pair[0] != pair[1]), "one is longer")


def check_sameness(context, ours, peer):
    subprocess.run(ours(1) + [context.scratch / "ours.eml"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(peer(1) + [context.scratch], check=True, stdout=subprocess.DEVNULL)
    for mine, theirs in zip(parts(context.scratch / "ours.eml"), parts(context.scratch / "peer.eml"), strict=True):
        if mine != theirs:
            raise RuntimeError(f"the two mails differ: {first_difference(mine, theirs)}")


def rows(context):
    path = ledger(context)

    def ours(rounds):
        return [context.products / "compose-bench", path, ROOT / "etc" / "holidays", DAY, str(rounds)]

    def peer(rounds):
        return [sys.executable, Path(__file__).resolve().parent / "compose_peer.py", path, DAY, str(rounds)]

    check_sameness(context, ours, peer)

    def nanoseconds(command):
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return int(re.search(r"(\d+) ns per mail", printed)[1])

    turns = 3 if context.quick else 7
    taken = [(nanoseconds(ours(50)), nanoseconds(peer(5))) for _ in range(turns)]
    mine, theirs = (statistics.median(side) / 1e9 for side in zip(*taken))
    return [Row(
        f"compose a mail (text, HTML, ics, {ITEMS} items)", seconds(mine), f"{seconds(theirs)} Jinja2, EmailMessage",
        theirs / mine, f"{TARGET} times", theirs / mine >= TARGET)]
