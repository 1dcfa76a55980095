"""What grows must grow in line: each row is run at one size and at ten times that size.

    scripts/bench/run.py --only growth [--quick]
"""

import tempfile
from pathlib import Path

from common import ROOT, Row, megabytes, run, seconds

MOST = 12  # times as much time and memory at ten times the size
HEADER = """plan:
  title: 演练方案
  number: 演练〔2022〕1号
  issued: 2022-06-01
  contact: {unit: 督查室, person: 周一, phone: "100", email: office@example.org}
owners: owners.csv
measures: measures.csv
"""


def rows(context):
    parts = [
        ("a pass over overdue measures of one head, after three years of history", history, 100),
        ("a day's mails of owners who share one mailbox", shared_mailbox, 1_000),
        ("check rows with unknown persons, 2,000 owners", unknown_persons, 1_000),
        ("check rows with an error each", diagnostics, 1_000),
        ("the contact's digest, items", digest, 500),
        ("import a measure of so many lines", long_measure, 1_000),
    ]
    return [grown(context, *part) for part in parts]


def grown(context, what, measure, size):
    small, large = (measure(office(context, what, count), count) for count in (size, size * 10))
    time, memory = large.wall / small.wall, large.peak / small.peak
    return Row(
        f"{what}: {size:,} and {size * 10:,}",
        f"{seconds(small.wall)}, {megabytes(small.peak)} and {seconds(large.wall)}, {megabytes(large.peak)}",
        f"{time:.1f} times the time, {memory:.1f} the memory", 10 / time, f"at most {MOST} times",
        max(time, memory) <= MOST)


def office(context, what, size):
    folder = Path(context.scratch / f"{abs(hash(what))}-{size}")
    (folder / "state").mkdir(parents=True)
    (folder / "ledger.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "duban.yaml").write_text(
        f"ledger: ledger.yaml\nholidays: {ROOT}/etc/holidays\nstate: {folder}/state\n"
        f"delivery: {{mode: maildir, directory: {folder}/mail, perMinute: none, perDay: none}}\n", encoding="utf-8")
    return lambda owners, measures, *arguments: command(context, folder, owners, measures, arguments)


def command(context, folder, owners, measures, arguments):
    """Writes the tables where there are any, and runs duban over them; diagnostics may make it end with 78."""
    if owners:
        (folder / "owners.csv").write_text("责任人,责任单位,邮箱,第一责任人\n" + "".join(owners), encoding="utf-8")
        (folder / "measures.csv").write_text(
            "序号,领域,整改措施,责任单位,责任人,完成时限,状态\n" + "".join(measures), encoding="utf-8")
    words = [str(context.duban), *arguments]
    if arguments[0] != "import":
        words += ["--config", str(folder / "duban.yaml")]
    return run(["sh", "-c", 'exec 2>/dev/null; "$@"; [ $? -ne 2 ]', "sh", *words])


def measure(number, owner, due="2022年12月31日前", status="进行中", person="人"):
    return f"{number // 100 + 1}.{number % 100 + 1},领域{number // 100},做第{number}件事,局{owner},{person}{owner},{due},{status}\n"


def owner(number, email=None):
    return f"人{number},局{number},{email or f'o{number}@example.org'},\n"


def history(run_office, size):
    """Every month of three years one look; the last is what counts."""
    owners = ["人0,局0,o0@example.org,\n", "长,局0,head@example.org,是\n"]
    measures = [measure(number, 0, due="2022年7月1日前") for number in range(size)]
    for year in (2023, 2024, 2025):
        for month in range(1, 13):
            usage = run_office(owners, measures, "run", "--once", "--now", f"{year}-{month:02}-14T09:00")
    return usage


def shared_mailbox(run_office, size):
    return run_office(
        [owner(number, "all@example.org") for number in range(size)],
        [measure(number, number) for number in range(size)], "run", "--once", "--now", "2022-12-30T09:00")


def unknown_persons(run_office, size):
    return run_office(
        [owner(number) for number in range(2000)],
        [measure(number, number % 2000, person="无名") for number in range(size)], "check")


def diagnostics(run_office, size):
    return run_office(
        [owner(0)], [measure(number, 0, due="2022年13月45日前") for number in range(size)], "check")


def digest(run_office, size):
    return run_office(
        [owner(number) for number in range(50)], [measure(number, number % 50) for number in range(size)],
        "preview", "周一", "--on", "2022-12-30", "--html")


def long_measure(run_office, size):
    """Lines that all go on with one paragraph."""
    lines = "各有关单位要抓好这方面工作的落实不断提升群众满意度\n" * size
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as paper:
        paper.write(f"关于整改的方案\n一、营商环境\n1.做好整改工作\n{lines}（责任单位：县教育局；完成时限：2023年6月底前）\n")
        paper.flush()
        return run_office([], [], "import", paper.name)
