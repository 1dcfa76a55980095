#!/usr/bin/env python3
"""Has `duban inbox read` and Python's email read the same well-formed mails: text and names of attachments must agree.

  scripts/judge-mail.py [--count 500] [--seed 1] [--duban .build/debug/duban]

The mails are made up by the seed. Prints what differs, with its mail kept; exit code 1."""
import argparse, email, email.policy, json, os, random, subprocess, sys, tempfile
from email.message import EmailMessage

WORDS = "措施 进展 四点一 预算 会议室 ㎡ 镕 naïve résumé plain words & <tag> 100% 《通知》 ～ — x=y a,b；c".split()
CHARSETS = ["utf-8", "utf-8", "gb18030", "gbk", "gb2312", "us-ascii"]


def phrase(dice, charset, most=12):
    words = [dice.choice(WORDS) for _ in range(dice.randint(1, most))]
    text = " ".join(words)
    return text.encode(charset, "ignore").decode(charset).strip() or "words"


def make(dice):
    charset = dice.choice(CHARSETS)
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"] = "a@example.org", "b@example.org"
    mail["Subject"] = phrase(dice, "utf-8", 30)
    mail["Message-ID"] = f"<{dice.randrange(10**9)}@example.org>"
    lines = [phrase(dice, charset) for _ in range(dice.randint(1, 20))]
    encoding = dice.choice(["base64", "quoted-printable"] + ([] if charset != "us-ascii" else ["7bit"]))
    mail.set_content("\n".join(lines), charset=charset, cte=encoding)
    if dice.random() < 0.4:
        mail.add_alternative("<p>" + "</p><p>".join(["html"] * 3) + "</p>", subtype="html")
    for _ in range(dice.randint(0, 3)):
        mail.add_attachment(dice.randbytes(50), maintype="application", subtype="octet-stream",
                            filename=phrase(dice, "utf-8", 20) + ".pdf")
    if dice.random() < 0.1:
        mail.add_attachment(make(dice))
    return mail


def squeezed(text):
    return "".join(text.split())


def expected(path):
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    names = [name for part in walk(mail) if not part.is_multipart() and (name := part.get_filename())]
    return squeezed(mail.get_body(("plain",)).get_content()), names


def walk(mail):
    """The parts, not into enclosed mails."""
    yield mail
    if mail.get_content_maintype() == "multipart":
        for part in mail.iter_parts():
            yield from walk(part)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--duban", default=".build/debug/duban")
    chosen = options.parse_args()
    dice = random.Random(chosen.seed)
    folder = tempfile.mkdtemp(prefix="judge-mail.")
    paths = [f"{folder}/{number}.eml" for number in range(chosen.count)]
    for path in paths:
        with open(path, "wb") as file:
            file.write(make(dice).as_bytes())
    run = subprocess.run([chosen.duban, "inbox", "read", "--json", *paths], capture_output=True, timeout=600, check=True)
    read = [json.loads(line) for line in run.stdout.splitlines()]
    faults = 0
    for path, got in zip(paths, read, strict=True):
        text, names = expected(path)
        if squeezed(got["new_text"]) != text or [squeezed(n) for n in got["attachments"]] != [squeezed(n) for n in names]:
            faults += 1
            print(f"{path}\n  {text}\n  {squeezed(got['new_text'])}\n  {names}\n  {got['attachments']}")
        else:
            os.remove(path)
    if not faults:
        os.rmdir(folder)
    print(f"judge-mail: {chosen.count} mails, {faults} read in another way")
    sys.exit(1 if faults else 0)


main()
