#!/usr/bin/env python3
"""Answers the last mail that went to somebody, as their mailer would; or shows it.

  inbox_answer.py MAILDIR ADDRESS TEXT       the answer, on standard output
  inbox_answer.py MAILDIR --show ADDRESS     subject and text of the mail"""
import email, email.policy, glob, os, sys
from email.message import EmailMessage


def last(maildir, address):
    for path in sorted(glob.glob(maildir + "/new/*"), key=os.path.getmtime, reverse=True):
        with open(path, "rb") as file:
            mail = email.message_from_binary_file(file, policy=email.policy.default)
        if address in mail["to"]:
            return mail
    sys.exit(f"inbox_answer: no mail to {address}")


maildir, first, second = sys.argv[1:4]
if first == "--show":
    mail = last(maildir, second)
    print(mail["subject"], mail.get_body(("plain",)).get_content(), sep="\n\n")
else:
    mail = last(maildir, first)
    answer = EmailMessage(policy=email.policy.SMTP)
    answer["From"], answer["To"] = first, "contact@example.org"
    answer["Subject"] = "回复：" + mail["subject"]
    answer["Message-ID"] = "<answer." + mail["message-id"].strip("<>")[:16] + "@example.org>"
    answer["In-Reply-To"] = mail["message-id"]
    quoted = "\n".join("> " + line for line in mail.get_body(("plain",)).get_content().splitlines())
    answer.set_content(f"{second}\n\n在2022年12月16日，duban 写道：\n{quoted}\n")
    sys.stdout.buffer.write(answer.as_bytes())
