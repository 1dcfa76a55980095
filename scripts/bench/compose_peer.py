"""The peer of compose-bench: the same mails with Jinja2 and the standard library's EmailMessage.

compose_peer.py LEDGER DAY ROUNDS [FOLDER]: composes every owner's mail ROUNDS times and prints the best time for
each; writes the first one's parts into FOLDER. The templates are our own, translated once to Jinja2's syntax with
partials in place, and compiled once. Whatever doesn't depend on the mail is worked out once.
"""

import datetime
import functools
import hashlib
import json
import re
import sys
import time
import unicodedata
from email import policy, utils
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import jinja2

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "etc" / "templates"
LISTS = {
    "items", "escalations", "reports", "handOvers", "steps", "contacts", "measures", "brief", "headlines", "supervised",
    "groups"}
ZONE = datetime.timezone(datetime.timedelta(hours=8))
WEEKDAYS = "一二三四五六日"
OPENING, CLOSING = "（《“‘「『【〔(", "，。、；：？！）》”’」』】〕…"
LIGHTS = {"red": ("逾期", "#c62828", "#f9e9e9"), "yellow": ("临期", "#9c5c00", "#f7f0e5"),
          "blue": ("推进中", "#1565c0", "#e7eff8")}
# The step of the ladder that a date has come to on the benchmark's day: its days, its own day, the day it is sent on.
STEPS = {}


def jinja_source(name, kind, scopes=()):
    """One of our templates in Jinja2's syntax. A name in a list's section is the record's, elsewhere the mail's."""
    text = (TEMPLATES / f"{name}.{kind}.mustache").read_text(encoding="utf-8")
    scopes, output = list(scopes), []

    def place(word):
        return f"{scopes[-1]}.{word}" if scopes and word not in LISTS else word

    for line in text.splitlines(keepends=True):
        tags = re.findall(r"{{([#^/>]?) ?(\w+)}}", line)
        is_alone = len(tags) == 1 and tags[0][0] and re.fullmatch(r"\s*{{[^}]*}}\s*", line)

        def replaced(match):
            sign, word = match.groups()
            if sign == ">":
                return jinja_source(word, kind, scopes)
            if sign == "#" and word in LISTS:
                scopes.append(f"x{len(scopes)}")
                whole = word if len(scopes) == 1 else f"{scopes[-2]}.{word}"
                return f"{{% for {scopes[-1]} in {whole} %}}"
            if sign == "/" and word in LISTS:
                scopes.pop()
                return "{% endfor %}"
            if sign == "/":
                return "{% endif %}"
            if sign:
                return f"{{% if {'not ' if sign == '^' else ''}{place(word)} %}}"
            return f"{{{{ {place(word)} }}}}"

        line = re.sub(r"{{([#^/>]?) ?(\w+)}}", replaced, line)
        output.append(line[:-1] if is_alone else line)
    return "".join(output)


def template(kind):
    environment = jinja2.Environment(autoescape=kind == "html", keep_trailing_newline=True)
    return environment.from_string(jinja_source("reminders", kind))


@functools.cache
def columns(character):
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text, width, indent=""):
    """Lines of so many columns; a closing mark never starts one, an opening one never ends one."""
    lines, line, used, width = [], [], 0, width - len(indent)
    for piece in re.findall(r"[（《“‘「『【〔(]*(?:[!-~]{1,40}|.)", text):
        size = sum(map(columns, piece))
        if used + size > width and line and not (len(piece) == 1 and piece in CLOSING):
            lines.append(indent + "".join(line))
            line, used = [], 0
        if not line and piece == " ":
            continue
        line.append(piece)
        used += size
    return "\n".join(lines + [indent + "".join(line)])


def date(day):
    return f"{day.month}月{day.day}日"


def date_with_weekday(day):
    return f"{date(day)}（周{WEEKDAYS[day.weekday()]}）"


def light(left):
    return LIGHTS["red" if left < 0 else "yellow" if left <= 14 else "blue"]


def reason(item, today):
    days, nominal, sent_on = STEPS[item["due"]]
    moved = "" if sent_on == nominal else f"，{date(nominal)}不发提醒，提前到{date(sent_on)}"
    return f"到期前{days}天提醒{moved}"


def item_values(item, today):
    left = (item["due"] - today).days
    name, color, tint = light(left)
    return {
        "light": name, "lightColor": color, "lightTint": tint, "dueText": date_with_weekday(item["due"]) + "到期",
        "date": date(item["due"]), "weekday": f"周{WEEKDAYS[item['due'].weekday()]}",
        "left": f"还剩{left}天", "id": item["id"], "title": item["title"], "text": item["text"],
        "textWrapped": wrapped(item["text"], 72, "    "), "area": item["area"]}


def brief_values(item, owner, today):
    """What isn't due soon stands in one line."""
    left = (item["due"] - today).days
    return {
        "lightColor": light(left)[1], "dueText": date_with_weekday(item["due"]) + "到期",
        "date": date(item["due"]), "weekday": f"周{WEEKDAYS[item['due'].weekday()]}", "left": f"还剩{left}天",
        "id": item["id"], "title": item["title"], "owners": f"{owner['person']}（{owner['unit']}）"}


def values(owner, plan, today):
    items, contact = owner["items"], plan["contact"]
    groups, reasons = {}, {}
    for item in items:
        groups.setdefault(item["due"], []).append(item)
        reasons.setdefault(reason(item, today), []).append(item["id"])
    nearest = min(groups)
    summary = "；".join(
        f"{len(group)}项{'（' + '、'.join(item['id'] for item in group) + '）' if due == nearest else ''}"
        f"将于{date(due)}到期，还剩{(due - today).days}天"
        for due, group in sorted(groups.items()))
    count = len(groups[nearest])
    headlines = [
        {"part": f"{date(nearest)}到期{count}项", "partNote": f"（剩{(nearest - today).days}天）"},
        {"part": f"其后到期{len(items) - count}项", "partNote": ""}]
    heading = "，".join(line["part"] + line["partNote"] for line in headlines)
    full, brief = ([item for item in items if ((item["due"] - today).days <= 14) == isNear] for isNear in (True, False))
    office = f"{contact['unit']}（{contact['email']}）"
    steps = [
        f"请抓紧落实，在到期日前完成；完成后将完成情况和佐证材料报送{office}，经确认后销号，不再提醒。",
        "预计不能按期完成的，请在到期前告知联系人，说明原因和预计完成日期。"]
    why = "；".join(f"{'、'.join(ids)}：{text}" for text, ids in reasons.items())
    _, color, tint = light((nearest - today).days)
    asked = "".join(f"{name}：\r\n" for name in ("涉及措施编号", "新责任人", "单位", "邮箱"))
    change = (
        f"mailto:{contact['email']}?subject={quote('报告责任人变更：' + owner['person'], safe='')}"
        f"&body={quote(asked, safe='')}")
    return {
        "planTitle": f"{plan['title']}（{plan['number']}）", "heading": heading, "headlines": headlines,
        "greeting": f"{owner['unit']} {owner['person']}同志", "preheader": steps[0], "summary": f"您负责的事项中，{summary}。", "lightColor": color, "lightTint": tint,
        "items": [item_values(item, today) for item in full], "hasBrief": brief,
        "brief": [brief_values(item, owner, today) for item in brief],
        "steps": [
            {"step": index + 1, "stepText": text, "stepWrapped": wrapped(text, 72, "   ")[3:]}
            for index, text in enumerate(steps)],
        "contacts": [{
            "contactUnit": contact["unit"], "contactPerson": contact["person"], "contactPhone": contact["phone"],
            "contactTel": contact["phone"], "contactEmail": contact["email"], "changeLink": change}],
        "reason": why, "mayChange": True, "hasCalendar": True}


def folded(line):
    """A content line of RFC 5545 in lines of at most 75 octets, none of which ends inside a character."""
    data = line.encode()
    if len(data) <= 75:
        return line + "\r\n"
    parts, start, room = [], 0, 75
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end])
        start, room = end, 74
    parts.append(data[start:])
    return b"\r\n ".join(parts).decode() + "\r\n"


def escaped(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fingerprint(*parts):
    return hashlib.sha256("\xff".join(parts).encode()).hexdigest()[:32]


def calendar(items, plan, at):
    stamp = at.astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    contact = plan["contact"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//duban//duban//ZH", "METHOD:PUBLISH"]
    for item in items:
        lines += [
            "BEGIN:VEVENT", f"UID:{fingerprint('event', plan['number'], item['id'])}@example.org",
            f"SEQUENCE:{int(at.timestamp()) // 60}", f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{item['due']:%Y%m%d}",
            f"DTEND;VALUE=DATE:{item['due'] + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped('整改到期：' + item['id'] + ' ' + item['title'])}",
            f"DESCRIPTION:{escaped('领域：' + item['area'] + chr(10) + item['text'])}",
            f'ORGANIZER;CN="{contact["unit"]}":mailto:{contact["email"]}',
            f"CONTACT:{contact['unit']} {contact['person']}，电话{contact['phone']}",
            "TRANSP:TRANSPARENT", "STATUS:CONFIRMED", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15H",
            f"DESCRIPTION:{escaped('整改到期：' + item['id'] + ' ' + item['title'])}", "END:VALARM", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(map(folded, lines))


def compose(owner, plan, text, html, at):
    """One mail as bytes: the structure and the header fields of ours."""
    today = at.date()
    page = values(owner, plan, today)
    keys = [f"{item['id']}|{item['due']}|{owner['unit']}|{owner['person']}" for item in owner["items"]]
    root = f"<{fingerprint('thread', owner['email'], owner['unit'], owner['person'])}@example.org>"
    message = EmailMessage(policy=policy.SMTP)
    message["Date"] = utils.format_datetime(at)
    message["From"] = Address("整改办公室", addr_spec="duban@example.org")
    message["To"] = Address(owner["person"], addr_spec=owner["email"])
    message["Reply-To"] = Address(plan["contact"]["unit"], addr_spec=plan["contact"]["email"])
    message["Subject"] = f"【整改提醒】{page['heading']}"
    message["Message-ID"] = f"<{fingerprint('message', owner['email'], str(today), *sorted(keys))}@example.org>"
    message["In-Reply-To"] = root
    message["References"] = root
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(text.render(page), cte="base64")
    message.add_alternative(html.render(page), subtype="html", cte="base64")
    message.add_attachment(
        calendar(owner["items"], plan, at), subtype="calendar", filename=f"整改期限-{today}.ics",
        params={"method": "PUBLISH"}, cte="base64")
    return message.as_bytes()


def main(path, day, rounds, folder=None):
    ledger = json.loads(Path(path).read_text(encoding="utf-8"))
    today = datetime.date.fromisoformat(day)
    at = datetime.datetime.combine(today, datetime.time(8, 30), ZONE)
    owners = {owner["person"]: owner | {"items": []} for owner in ledger["owners"]}
    for area in ledger["areas"]:
        for measure in area["measures"]:
            due = datetime.date.fromisoformat(measure["due"])
            owners[measure["persons"][0]]["items"].append(measure | {"area": area["name"], "due": due})
            # The last day before a weekend stands for the weekend's days too; no holiday lies near.
            weekend = 3 if today.weekday() == 4 else 1
            STEPS[due] = next(
                (days, due - datetime.timedelta(days=days), today) for days in (1, 3, 7, 14)
                if 0 <= (due - today).days - days < weekend)
    owners = list(owners.values())
    for owner in owners:
        owner["items"].sort(key=lambda item: item["due"])
    text, html = template("txt"), template("html")
    if folder:
        Path(folder, "peer.eml").write_bytes(compose(owners[0], ledger["plan"], text, html, at))
    times = []
    for _ in range(int(rounds)):
        start = time.perf_counter()
        for owner in owners:
            compose(owner, ledger["plan"], text, html, at)
        times.append((time.perf_counter() - start) / len(owners))
    print(f"{len(owners)} mails, {min(times) * 1e9:.0f} ns per mail (best of {rounds} rounds)")


if __name__ == "__main__":
    main(*sys.argv[1:])
