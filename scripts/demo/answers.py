"""Answers come back: reminder, answer, proposal, digest, approval, silence; and bounce, contact. Prints what each person saw.

Usage: answers.py FOLDER

FOLDER holds duban.yaml, whose relay delivers to people's Maildir and to the mailbox that `inbox:` names, and peers.json:
{"duban": the program, "people": the Maildir, "port": of a server on loopback that takes mail for the office}. The clock
stands in December 2022.
"""

import json
import pathlib
import smtplib
import subprocess
import sys
import time

import people

OWNER, GONE, CONTACT = ("徐娟", "xujuan@example.org"), ("马鹏", "mapeng@gone.example.org"), ("杜潘", "zwfwjzhc@126.com")
folder = pathlib.Path(sys.argv[1])
peers = json.loads((folder / "peers.json").read_text())


def duban(*arguments):
    run = subprocess.run(
        [peers["duban"], *arguments, "--config", folder / "duban.yaml"], capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"answers: duban {' '.join(arguments)} failed:\n{run.stdout}{run.stderr}")
    return run.stdout


def check(holds, words):
    if not holds:
        raise SystemExit(f"answers: {words}")


def look(moment, until=lambda: True):
    """One round of the service; more of them until what was sent has gone its way."""
    for _ in range(30):
        duban("run", "--once", "--log", "plain", "--now", moment)
        if until():
            return
        time.sleep(0.1)
    check(False, f"what was sent before {moment} never came")


def heading(moment, words):
    print(f"\n{moment.replace('T', ' ')}  {words}")


def show(mail, through):
    """Subject and text of a mail, up to the line that begins so."""
    print("    " + mail["subject"])
    for line in mail.get_body(("plain",)).get_content().splitlines():
        # The links are shown by their names alone.
        print("    " + " ".join(word for word in line.split(" ") if not word.startswith("mailto:")) if line else "")
        if line.strip().startswith(through):
            return
    check(False, f"the mail has no {through}")


def sends(person, mail):
    mail["Date"] = "Fri, 16 Dec 2022 10:00:00 +0800"
    mail["Message-ID"] = f"<{person[1].split('@')[0]}-{sends.count}@example.org>"
    sends.count += 1
    with smtplib.SMTP("127.0.0.1", peers["port"]) as server:
        server.send_message(mail, person[1], "duban@example.org")


sends.count = 1


def clicks(person, label, place=0):
    """The person opens a link of their last mail and sends what it fills in."""
    to, subject, text = people.links(label, people.last(peers["people"], person[1]))[place]
    sends(person, people.mail(person[1], to, text, Subject=subject))
    print(f"    {person[0]} clicks ［{label}］ and sends: {subject}")


def writes(person, text):
    sends(person, people.answer(people.last(peers["people"], person[1]), person[1], text))
    print(f"    {person[0]} answers: {text}")


def proposals():
    return [(one["item"], one["asks"], one["state"]) for one in json.loads(duban("inbox", "list", "--all", "--json"))]


moment = "2022-12-16T08:30"
look(moment)
heading(moment, f"{OWNER[0]} is reminded:")
show(people.last(peers["people"], OWNER[1]), through="［答复］")
clicks(OWNER, "已完成")
writes(OWNER, "4.2申请延期至2023年1月15日，设备尚未到货。")

moment = "2022-12-16T11:00"
look(moment, until=lambda: len(proposals()) == 2 and GONE[1] in duban("queue", "forgive"))
heading(moment, "duban has looked into the mailbox. Two answers are proposals; 马鹏's mail came back:")
for line in (duban("inbox") + duban("queue", "forgive")).splitlines():
    print("    " + line)

moment = "2022-12-19T08:30"
look(moment)
heading(moment, f"{CONTACT[0]}, the contact, gets the week's digest:")
show(people.last(peers["people"], CONTACT[1]), through="（请回复本邮件决定")
clicks(CONTACT, "同意")
writes(CONTACT, "同意2。")

moment = "2022-12-19T11:00"
look(moment, until=lambda: all(state != "open" for _, _, state in proposals()))
heading(moment, "What the contact decided is recorded:")
for line in duban("inbox", "list", "--all").splitlines():
    print("    " + line)

# Every day in between, as the service does.
for day in ("20", "21", "22", "23", "26", "27", "28", "29", "30"):
    moment = f"2022-12-{day}T08:30"
    look(moment)
heading(moment, f"{OWNER[0]} hears no more of 4.1, and 4.2 has its new date:")
mail = people.last(peers["people"], OWNER[1])
show(mail, through="您负责的事项中")
text = mail.get_body(("plain",)).get_content()
check("4.1" not in text and "4.3" in text, "what was approved isn't silent")
heading(moment, f"{CONTACT[0]} gets what {GONE[0]} can't be sent:")
show(people.last(peers["people"], CONTACT[1]), through=f"- 请向{GONE[0]}")

print("\nFrom reminder to silence, and from bounce to contact: "
      + "; ".join(f"{item} {asks} {state}" for item, asks, state in proposals()))
