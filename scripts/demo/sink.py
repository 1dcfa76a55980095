"""An SMTP server on loopback that keeps what it gets in a Maildir, for the demo and for tests.

Usage: sink.py MAILDIR READY-FILE

Listens on a free port of 127.0.0.1, writes the port into READY-FILE once it is ready, and runs until SIGTERM.
Each message gets the envelope's recipient as the header X-Envelope-To. What goes to gone.example.org comes back to its
sender, as from the server of somebody who has left.
"""

import asyncio
import mailbox
import os
import signal
import sys

from aiosmtpd.smtp import SMTP

import people


class MaildirHandler:
    def __init__(self, path):
        self.maildir = mailbox.Maildir(path, factory=None)

    async def handle_DATA(self, server, session, envelope):
        returned = [to for to in envelope.rcpt_tos if to.endswith("@gone.example.org")]
        for address in returned:
            mail = people.parsed(envelope.original_content)
            self.keep([envelope.mail_from], people.bounce(mail, address, envelope.mail_from, len(self.maildir)))
        self.keep([to for to in envelope.rcpt_tos if to not in returned], envelope.original_content)
        return "250 2.0.0 Kept"

    def keep(self, recipients, content):
        if recipients:
            head = "".join(f"X-Envelope-To: {to}\r\n" for to in recipients).encode()
            self.maildir.add(mailbox.MaildirMessage(head + content))


async def main(maildir, ready):
    loop = asyncio.get_running_loop()
    handler = MaildirHandler(maildir)
    server = await loop.create_server(lambda: SMTP(handler, hostname="sink.example.org"), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with open(ready + ".new", "w") as file:
        file.write(f"{port}\n")
    os.replace(ready + ".new", ready)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    server.close()


asyncio.run(main(sys.argv[1], sys.argv[2]))
