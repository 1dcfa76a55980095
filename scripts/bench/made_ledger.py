"""Makes up ledgers of any size, and the same dates as a Remind file."""

import datetime
import random

ISSUED = datetime.date(2022, 6, 1)
DAYS = 700  # over which the dates are spread
MEASURES_PER_AREA = 100
MEASURES_PER_OWNER = 50
OWNERS_PER_UNIT = 10
STATUSES = ["未启动", "进行中", "进行中", "已销号"]

HEADER = """plan:
  title: 全省营商环境评价整改提升方案
  number: 省〔2022〕{number}号
  issued: 2022-06-01
  contact: {{unit: 省营商服务中心, person: 联络员, phone: "65650000", email: contact@example.org}}
owners: owners.csv
measures: measures.csv
"""


def write(folder, measures, number=1):
    """ledger.yaml, owners.csv, measures.csv and remind.rem: an owner for every 50 measures, 700 days of dates."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(measures + number)
    owners = max(measures // MEASURES_PER_OWNER, 1)
    units = max(owners // OWNERS_PER_UNIT, 1)
    (folder / "ledger.yaml").write_text(HEADER.format(number=number), encoding="utf-8")
    with (folder / "owners.csv").open("w", encoding="utf-8") as file:
        file.write("责任人,责任单位,邮箱\n")
        for owner in range(owners):
            file.write(f"责任人{owner},第{owner % units}责任单位,owner{owner}@example.org\n")
    with (folder / "measures.csv").open("w", encoding="utf-8") as file, \
            (folder / "remind.rem").open("w", encoding="utf-8") as remind:
        file.write("序号,领域,整改措施,责任单位,责任人,完成时限,状态\n")
        for measure in range(measures):
            area, place = measure // MEASURES_PER_AREA + 1, measure % MEASURES_PER_AREA + 1
            due = ISSUED + datetime.timedelta(days=chance.randrange(DAYS))
            owner = chance.randrange(owners)
            title = f"推进第{number}批第{measure}项整改任务落实到位"
            file.write(
                f"{area}.{place},第{area}领域,{title},第{owner % units}责任单位,责任人{owner},"
                f"{due.year}年{due.month}月{due.day}日前,{chance.choice(STATUSES)}\n")
            remind.write(f"REM {due.isoformat()} MSG {title}\n")


def configure(folder, holidays, ledgers="ledger: ledger.yaml", more=""):
    """duban.yaml beside the ledger; overdue measures don't repeat, as Remind's don't."""
    (folder / "state").mkdir(exist_ok=True)
    path = folder / "duban.yaml"
    path.write_text(
        f"{ledgers}\nholidays: {holidays}\nstate: {folder}/state\n"
        f"delivery: {{mode: maildir, directory: {folder}/mail}}\n"
        f"reminders: {{overdueEvery: never}}\n{more}", encoding="utf-8")
    return path
