#!/usr/bin/env python3
"""What a script in the manner of Redmine's `redmine:send_reminders` does with the same tables: reads them, finds what
is due, makes a mail in text and HTML for each owner, and sends it at once over one connection. It keeps no record.

    day_peer.py FOLDER PORT DAY
"""

import csv
import smtplib
import sys
from collections import defaultdict
from datetime import date
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from pathlib import Path

from jinja2 import Environment

LADDER = [30, 14, 7, 3, 1]
TEXT = """{{ person }}，您好：

{{ title }}中由{{ unit }}负责的下列事项即将到期。

{% for item in items -%}
{{ loop.index }}. {{ item["序号"] }} {{ item["整改措施"] }}
   完成时限：{{ item["完成时限"] }}（还有 {{ item.days }} 天），状态：{{ item["状态"] }}
{% endfor %}
联系人：联系人，电话：1
"""
HTML = """<!DOCTYPE html><html lang="zh-Hans"><body><p>{{ person }}，您好：</p>
<p>{{ title }}中由{{ unit }}负责的下列事项即将到期。</p>
<table><tr><th>序号</th><th>整改措施</th><th>完成时限</th><th>剩余</th><th>状态</th></tr>
{% for item in items %}<tr><td>{{ item["序号"] }}</td><td>{{ item["整改措施"] }}</td><td>{{ item["完成时限"] }}</td>
<td>{{ item.days }} 天</td><td>{{ item["状态"] }}</td></tr>
{% endfor %}</table><p>联系人：联系人，电话：1</p></body></html>
"""


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    folder, port, today = Path(sys.argv[1]), int(sys.argv[2]), date.fromisoformat(sys.argv[3])
    addresses = {row["责任人"]: row for row in read(folder / "owners.csv")}
    due = defaultdict(list)
    for item in read(folder / "measures.csv"):
        item["days"] = (date.fromisoformat(item["明确日期"]) - today).days
        if item["状态"] != "已销号" and item["days"] <= max(LADDER):
            due[item["责任人"]].append(item)
    environment = Environment(autoescape=True)
    text, html = Environment().from_string(TEXT), environment.from_string(HTML)
    with smtplib.SMTP("127.0.0.1", port) as session:
        for person, items in due.items():
            owner = addresses[person]
            values = {"person": person, "unit": owner["责任单位"], "title": "演练方案", "items": items}
            mail = EmailMessage()
            mail["From"] = formataddr(("督办", "contact@example.org"))
            mail["To"] = formataddr((person, owner["邮箱"]))
            mail["Subject"] = f"整改事项提醒：{len(items)}项即将到期"
            mail["Message-ID"] = make_msgid(domain="example.org")
            mail.set_content(text.render(values))
            mail.add_alternative(html.render(values), subtype="html")
            session.send_message(mail)
    print(len(due))


if __name__ == "__main__":
    main()
