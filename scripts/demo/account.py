"""Tells what arrived in the demo's Maildir: per day, who got which mail, and why.

Usage: account.py DEMO-FOLDER

Reads the mails from DEMO-FOLDER/Maildir, the reasons from DEMO-FOLDER/history.json, and writes each mail's HTML
into DEMO-FOLDER/html with an index.
"""

import email
import email.policy
import email.utils
import html
import json
import mailbox
import pathlib
import sys
import unicodedata


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text, columns):
    return text + " " * max(0, columns - width(text))


folder = pathlib.Path(sys.argv[1])
history = {entry["messageID"]: entry for entry in json.loads((folder / "history.json").read_text())}
pages = folder / "html"
pages.mkdir(exist_ok=True)

arrived = []
for raw in mailbox.Maildir(folder / "Maildir", factory=None):
    message = email.message_from_bytes(raw.as_bytes(), policy=email.policy.default)
    entry = history[message["Message-ID"]]
    arrived.append((entry["day"], entry["person"], message, entry))
arrived.sort(key=lambda mail: (mail[0], mail[1]))

index = []
day = None
for number, (on, person, message, entry) in enumerate(arrived, 1):
    if on != day:
        day = on
        print(f"\n{day}")
    print(f"  {pad(person, 8)}{pad(message['X-Envelope-To'], 30)}{message['Subject']}")
    for reminder in entry["reminders"]:
        print(f"            {pad(reminder['item'], 8)}{reminder['reason']}")
    page = pages / f"{number:03}-{on}-{person}.html"
    page.write_text(message.get_body(("html",)).get_content())
    index.append(f"<li>{on} {html.escape(person)}: <a href='{page.name}'>{html.escape(message['Subject'])}</a></li>")

(pages / "index.html").write_text(
    "<!doctype html><meta charset='utf-8'><title>duban demo</title><ol>" + "\n".join(index) + "</ol>"
)
people = {person for _, person, _, _ in arrived}
print(f"\n{len(arrived)} mails to {len(people)} people, none twice:", end=" ")
print("yes" if len({m["Message-ID"] for _, _, m, _ in arrived}) == len(arrived) == len(history) else "NO")
print(f"Maildir:        {folder / 'Maildir'}")
print(f"HTML to open:   {pages / 'index.html'}")
print(f"Service's log:  {folder / 'service.log'}")
