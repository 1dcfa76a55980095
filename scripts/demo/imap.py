"""An IMAP server on loopback with the mails of a Maildir, for the demo and for tests: as much as reading a mailbox takes.

Usage: imap.py MAILDIR ADDRESS READY-FILE

Serves what came to ADDRESS (the header X-Envelope-To, see sink.py) on a free port of 127.0.0.1, writes the port into
READY-FILE once it is ready, and runs until SIGTERM. Takes any login.
"""

import os
import re
import socket
import sys
import threading


class Mailbox:
    """Folders of messages, each a list of bytes or None for what was moved away; a message's UID is its place from 1.

    `on_step` hears of each command before it is answered (`FETCH`) and after that (`FETCH answered`)."""

    def __init__(self, folders, refresh=lambda: None):
        self.folders, self.refresh = folders, refresh
        self.uid_validity = 1
        self.on_step = lambda step: None
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()

    def accept(self, listener):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with connection:
                self.converse(connection, connection.makefile("rb"))
        except OSError:
            pass  # The client was killed.

    def converse(self, connection, lines):
        connection.sendall(b"* OK ready\r\n")
        folder = []
        while line := lines.readline():
            tag, command, rest = (line.decode().strip() + " ").split(" ", 2)
            command = command.upper()
            if command == "UID":
                command, rest = rest.split(" ", 1)
            self.on_step(command)
            answer = b""
            match command:
                case "CAPABILITY": answer = b"* CAPABILITY IMAP4rev1 ID MOVE\r\n"
                case "EXAMINE" | "SELECT":
                    self.refresh()
                    folder = self.folders[rest.strip().strip('"')]
                    answer = f"* {len(folder)} EXISTS\r\n* OK [UIDVALIDITY {self.uid_validity}] here\r\n".encode()
                case "SEARCH":
                    first = re.match(r"UID (\d+):\*", rest)
                    uids = range(int(first[1]) if first else 1, len(folder) + 1)
                    found = [str(uid) for uid in uids if folder[uid - 1] is not None]
                    answer = f"* SEARCH {' '.join(found)}\r\n".encode()
                case "FETCH":
                    uid = int(rest.split()[0])
                    mail = folder[uid - 1]
                    if mail is None:
                        pass
                    elif "RFC822.SIZE" in rest:
                        answer = f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)})\r\n".encode()
                    else:
                        answer = f"* {uid} FETCH (UID {uid} BODY[] {{{len(mail)}}}\r\n".encode() + mail + b")\r\n"
                case "MOVE":
                    uid, target = rest.strip().split(" ", 1)
                    self.folders[target.strip('"')].append(folder[int(uid) - 1])
                    folder[int(uid) - 1] = None
            connection.sendall(answer + f"{tag} OK done\r\n".encode())
            self.on_step(command + " answered")
            if command == "LOGOUT":
                return


def main(maildir, address, ready):
    seen, inbox = set(), []
    mine = f"X-Envelope-To: {address}\r\n".encode()

    def refresh():
        new = os.path.join(maildir, "new")
        arrived = [os.path.join(new, name) for name in os.listdir(new) if name not in seen]
        for path in sorted(arrived, key=lambda path: (os.stat(path).st_mtime_ns, path)):
            seen.add(os.path.basename(path))
            with open(path, "rb") as file:
                mail = b"\r\n".join(file.read().splitlines()) + b"\r\n"
            if mine in mail:
                inbox.append(mail)

    mailbox = Mailbox({"INBOX": inbox}, refresh)
    with open(ready + ".new", "w") as file:
        file.write(f"{mailbox.port}\n")
    os.replace(ready + ".new", ready)
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
