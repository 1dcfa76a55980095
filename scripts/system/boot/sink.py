"""An SMTP server on 127.0.0.1:25 for the boot test, from Python's own library: it takes mail from whoever knows the password.

Usage: sink.py PASSWORD LIST   (each mail that was taken becomes a line of JSON in LIST before it is answered)
"""

import base64
import email
import email.policy
import json
import socketserver
import sys
import time

PASSWORD, LIST = sys.argv[1:]


class Conversation(socketserver.StreamRequestHandler):
    timeout = 120

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def hear(self):
        return self.rfile.readline().decode().rstrip("\r\n")

    def handle(self):
        self.known, self.recipients = False, []
        self.say("220 sink.example.org ESMTP")
        while line := self.hear():
            verb = line.split(" ")[0].upper()
            if verb == "QUIT":
                return self.say("221 2.0.0 Bye")
            self.say(getattr(self, "on_" + verb.lower(), self.on_other)(line))

    def on_other(self, line):
        return "250 2.0.0 Fine"

    def on_ehlo(self, line):
        self.say("250-sink.example.org")
        self.say("250-ENHANCEDSTATUSCODES")
        self.say("250-8BITMIME")
        return "250 AUTH PLAIN"

    def on_auth(self, line):
        words = line.split(" ")
        if len(words) == 2:
            self.say("334 ")
            words.append(self.hear())
        self.known = base64.b64decode(words[2]).split(b"\0")[2].decode() == PASSWORD
        return "235 2.7.0 Welcome" if self.known else "535 5.7.8 Wrong password"

    def on_mail(self, line):
        self.recipients = []
        return "250 2.1.0 Fine" if self.known else "530 5.7.0 Log in first"

    def on_rcpt(self, line):
        self.recipients.append(line[line.index("<") + 1:line.index(">")])
        return "250 2.1.5 Fine"

    def on_data(self, line):
        self.say("354 Go on")
        lines = []
        while (received := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(received)
        if received != b".\r\n":
            return "451 4.4.2 Cut off"
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        with open(LIST, "a", encoding="utf-8") as mails:
            mails.write(json.dumps({
                "id": message["Message-ID"], "subject": message["Subject"], "to": self.recipients[0],
                "at": time.monotonic()}, ensure_ascii=False) + "\n")
        return "250 2.0.0 Kept"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", 25), Conversation).serve_forever()
