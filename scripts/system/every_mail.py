"""Mails of every kind, as the service delivers them: a little office with everything switched on, over some weeks.

No server stands behind its mailbox: answers never come in, but mails have their links; requests come by a sheet that is merged.
"""

import email
import email.policy
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LEDGER = """\
plan:
  title: 城东区窗口服务整改方案
  number: 试1号
  issued: 2022-09-01
  contact: {unit: 督查室, person: 周一, phone: "65650023", email: %s}
owners:
  - {person: 王二, unit: 窗口科, email: wanger@example.org, supervisor: 李五}
  - {person: 赵三, unit: 宣传科, email: zhaosan@example.org, copies: [fuzhi@example.org]}
  - {person: 钱四, unit: 窗口科, email: qiansi@example.org, head: true}
  - {person: 李五, unit: 管委会, email: liwu@example.org}
  - {person: 孙六, unit: 法规科, phone: "65650024"}
reports: [2022-12-27]
areas:
  - name: 窗口
    measures:
      - id: "1.1"
        title: 延长窗口时间
        text: 每周六上午开放全部窗口。
        units: [窗口科]
        persons: [王二]
        deadline: 2022-12-31
        status: open
      - id: "1.2"
        title: 公开办事指南
        text: 在大厅和网站公开办事指南。
        units: [窗口科, 宣传科]
        lead: 窗口科
        supporting: [宣传科]
        persons: [王二, 赵三]
        deadline: 2022-12-31
        status: open
      - id: "1.3"
        title: 宣传办事指南
        text: 制作图解并发布。
        units: [宣传科]
        persons: [赵三]
        deadline: 2022-12-31
        status: open
      - id: "1.4"
        title: 清理证明事项
        text: 公布保留的证明事项清单。
        units: [法规科]
        persons: [孙六]
        deadline: 2022-12-31
        status: open
      - id: "1.5"
        title: 培训窗口人员
        text: 每名窗口人员参加一次培训。
        units: [宣传科]
        persons: [赵三]
        deadline: 2022-12-31
        status: open
"""
CONFIGURATION = """\
ledger: ledger.yaml
holidays: %s/etc/holidays
state: state
relay: {url: 'smtp://127.0.0.1:25', from: 督查室 <%s>}
delivery: {mode: maildir, directory: mail}
inbox: {url: 'imaps://127.0.0.1:9', user: %s, passwordFile: password}
reminders: {escalate: {head: 5wd, contact: 10wd, supervisor: 10wd}}
papers: {attachSlips: head}
observe: {reportURL: 'https://report.example.org/', report: page}
"""
# What must be among the mails, by words of their kinds.
KINDS = ["整改提醒", "late", "报送提醒", "抄送·整改提醒", "抄送·报送提醒", "销号通知", "with a slip", "逾期提请关注 liwu", "分管事项周报",
         "督办周报", "督办日报", "to decide", "在办事项"]
DAYS = ["2022-12-16", "2022-12-19", "2022-12-20", "2022-12-21", "2022-12-26", "2022-12-27", "2022-12-28", "2022-12-30",
        "2023-01-03", "2023-01-05", "2023-01-09", "2023-01-12", "2023-01-16"]


def office(folder, duban, address):
    """Lets the office run; its Maildir is `mail`, its page `page/index.html`."""
    (folder / "ledger.yaml").write_text(LEDGER % address)
    (folder / "duban.yaml").write_text(CONFIGURATION % (ROOT, address, address))
    (folder / "password").write_text("geheim\n")
    (folder / "password").chmod(0o600)
    (folder / "state").mkdir(mode=0o700)

    def run(*command, fails=False):
        command = [duban, *command, "--config", str(folder / "duban.yaml")]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder)
        if done.returncode not in ((0, 1) if fails else (0,)):
            raise SystemExit("%s: %s" % (" ".join(command), done.stdout.decode()))

    for day in DAYS:
        if day == "2022-12-21":
            run("done", "1.5", "--by", "周一", "--now", "2022-12-20T10:00")
            run("paper", "ledger", "--unit", "窗口科", "-o", str(folder / "sheet.xlsx"), "--now", "2022-12-20T10:00")
            ask(folder / "sheet.xlsx")
            run("merge", str(folder / "sheet.xlsx"), "--now", "2022-12-20T10:10")
        # Its mailbox can't be reached, which is said by the exit code.
        run("run", "--once", "--now", day + "T08:30", fails=True)
        run("run", "--once", "--now", day + "T09:30", fails=True)
    run("digest", "--to", "owners", "--now", "2023-01-16T11:00", fails=True)


def ask(sheet):
    """A unit asks for another date in the sheet that it fills in."""
    import openpyxl
    book = openpyxl.load_workbook(sheet)
    rows = list(book.worksheets[0])
    column = [cell.value for cell in rows[0]].index("申请事项")
    rows[1][column].value = "申请延期到2023年1月31日"
    book.save(sheet)


def mails(folder, duban, address):
    """One mail of each kind: its name, bytes and message, in the order in which they were sent."""
    office(folder, duban, address)
    found = {}

    def age(path):
        return (path.stat().st_mtime, int(re.search(r"Q(\d+)", path.name).group(1)))
    for path in sorted((folder / "mail/new").iterdir(), key=age):
        data = path.read_bytes()
        message = email.message_from_bytes(data, policy=email.policy.default)
        label, rest = re.match(r"【(.*?)】(.*)", message["subject"]).groups()
        files = {os.path.splitext(part.get_filename() or "")[1] for part in message.iter_attachments()}
        asks = "［同意］" in message.get_body(("html",)).get_content()
        kind = [label, message["to"].addresses[0].username, "late" if "逾期" in rest and "无逾期" not in rest else "",
                "with a slip" if ".docx" in files else "", "to decide" if asks else ""]
        kind = " ".join(filter(None, kind))
        found.setdefault(kind, (data, message))
    for word in KINDS:
        if not any(word in kind for kind in found):
            raise SystemExit("no mail of the kind %s was sent" % word)
    return found
