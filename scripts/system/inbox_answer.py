#!/usr/bin/env python3
"""Answers the last mail that went to somebody, as their mailer would; or shows it.

  inbox_answer.py MAILDIR ADDRESS TEXT       the answer, on standard output
  inbox_answer.py MAILDIR --show ADDRESS     subject and text of the mail"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "demo"))
import people  # noqa: E402

maildir, first, second = sys.argv[1:4]
if first == "--show":
    mail = people.last(maildir, second)
    print(mail["subject"], mail.get_body(("plain",)).get_content(), sep="\n\n")
else:
    mail = people.last(maildir, first)
    identifier = "<answer." + mail["message-id"].strip("<>")[:16] + "@example.org>"
    sys.stdout.buffer.write(people.answer(mail, first, second, Message_ID=identifier).as_bytes())
