"""What people and their servers write back, for the demo and for tests."""

import email
import email.policy
import glob
import html
import os
import re
import urllib.parse
from email.message import EmailMessage


def parsed(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def last(maildir, address):
    """The last mail to an address in a Maildir."""
    def age(path):
        # Of two in one tick of the file system's clock the name's counter (duban's, Python's) or time tells.
        return os.stat(path).st_mtime_ns, [int(digits) for digits in re.findall(r"\d+", os.path.basename(path))]

    for path in sorted(glob.glob(maildir + "/new/*"), key=age, reverse=True):
        with open(path, "rb") as file:
            mail = parsed(file.read())
        if address in mail["to"]:
            return mail
    raise SystemExit(f"no mail to {address} in {maildir}")


def mail(sender, to, text, **fields):
    """A person's mail; `_` in a field's name stands for a hyphen."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"] = sender, to
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def answer(mail_, sender, text, **fields):
    """An answer to a mail with all of it quoted, as mail programs do."""
    quoted = "\n".join("> " + line for line in mail_.get_body(("plain",)).get_content().splitlines())
    return mail(
        sender, mail_["reply-to"] or mail_["from"], f"{text}\n\n在2022年12月16日，duban 写道：\n{quoted}\n",
        Subject="回复：" + mail_["subject"], In_Reply_To=mail_["message-id"], **fields)


def links(label, mail_):
    """Addresses, subject and body that each link of that name in a mail fills in."""
    page = mail_.get_body(("html",)).get_content()
    found = re.findall(f'<a href="mailto:([^"?]*)\\?([^"]*)"[^>]*>［{label}］</a>', page)
    queries = [(to, urllib.parse.parse_qs(html.unescape(query))) for to, query in found]
    return [(urllib.parse.unquote(to), fields["subject"][0], fields["body"][0]) for to, fields in queries]


def bounce(mail_, address, to, number):
    """What a server writes to `to` of a mail that it couldn't deliver (RFC 3464), as bytes."""
    return (
        f"From: MAILER-DAEMON@example.org\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <bounce-{number}@example.org>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail_['Message-ID']}\r\n\r\n--b--\r\n").encode()
