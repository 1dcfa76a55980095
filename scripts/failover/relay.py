"""The relays of failover-run: a sink that remembers what came when, and a Postfix before it."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

from cluster import Failure


def without_trace(data):
    """The message without the trace that a relay wrote above it."""
    while data.lower().startswith(b"received:"):
        end = data.index(b"\r\n") + 2
        while data[end:end + 1] in (b" ", b"\t"):
            end = data.index(b"\r\n", end) + 2
        data = data[end:]
    return data


class Sink:
    """An SMTP server that takes everything. What it took stands under the first label of the recipient's domain: the
    office's schema, so that one sink serves all."""

    def __init__(self, address, port, plain_port, certificate, key, delay):
        self.taken, self.lock = {}, threading.Lock()  # schema: [(moment, Message-ID, bytes)]
        self.delay = delay  # seconds before each mail's answer
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.listeners = [socket.create_server((address, p), backlog=64) for p in (port, plain_port)]
        for listener, context in zip(self.listeners, (self.context, None)):
            threading.Thread(target=self.accept, args=(listener, context), daemon=True).start()

    def arrived(self, schema):
        with self.lock:
            return list(self.taken.get(schema, []))

    def count(self, schema):
        with self.lock:
            return len({identifier for _, identifier, _ in self.taken.get(schema, [])})

    def forget(self, schema):
        with self.lock:
            self.taken.pop(schema, None)

    def close(self):
        for listener in self.listeners:
            listener.close()

    def accept(self, listener, context):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # Closed: the end.
            threading.Thread(target=self.serve, args=(connection, context), daemon=True).start()

    def serve(self, connection, context):
        try:
            secured = context.wrap_socket(connection, server_side=True) if context else connection
            with secured:
                self.converse(secured, secured.makefile("rb"))
        except (OSError, ValueError):
            pass  # The host was killed or cut off: that is the test.

    def converse(self, connection, lines):
        connection.sendall(b"220 sink\r\n")
        schema = ""
        while line := lines.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                connection.sendall(b"354 go on\r\n")
                data = []
                while (line := lines.readline()) != b".\r\n":
                    if not line:
                        return
                    data.append(line)
                message = without_trace(b"".join(data))
                identifier = next(l.split(b":", 1)[1].strip().decode() for l in message.split(b"\r\n")
                                  if l.lower().startswith(b"message-id:"))
                with self.lock:
                    self.taken.setdefault(schema, []).append((time.monotonic(), identifier, message))
                time.sleep(self.delay)
                connection.sendall(b"250 taken\r\n")
            elif verb == b"QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            else:
                if verb == b"RCPT":
                    schema = line.split(b"@")[1].split(b".")[0].decode()
                connection.sendall(b"250 sink\r\n")


class Postfix:
    """A Postfix of its own, which gives everything to the sink."""

    @staticmethod
    def is_installed():
        return shutil.which("postfix") is not None

    def __init__(self, folder, address, port, sink_port, certificate, key):
        self.folder = folder / "postfix"
        for name in ("etc", "queue", "data"):
            (self.folder / name).mkdir(parents=True)
        shutil.chown(self.folder / "data", "postfix")
        # The key as root's, as Postfix wants it.
        for source, name in ((certificate, "tls.pem"), (key, "tls.key")):
            shutil.copy(source, self.folder / "etc" / name)
        (self.folder / "etc/tls.key").chmod(0o600)
        (self.folder / "etc/main.cf").write_text(
            "compatibility_level = 3.6\n"
            f"queue_directory = {self.folder}/queue\ndata_directory = {self.folder}/data\n"
            f"maillog_file = {self.folder}/log\nmaillog_file_prefixes = {self.folder}\n"
            "inet_interfaces = all\ninet_protocols = ipv4\nmyhostname = relay.example.org\nmydestination =\n"
            f"mynetworks = {address.rsplit('.', 1)[0]}.0/24\nalias_maps =\nlocal_header_rewrite_clients =\n"
            f"relayhost = [{address}]:{sink_port}\nsmtpd_relay_restrictions = permit_mynetworks, reject\n"
            f"smtpd_tls_cert_file = {self.folder}/etc/tls.pem\nsmtpd_tls_key_file = {self.folder}/etc/tls.key\n"
            "smtpd_client_connection_count_limit = 0\nsmtpd_client_connection_rate_limit = 0\n")
        (self.folder / "etc/master.cf").write_text(
            f"{address}:{port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n"
            "cleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\n"
            "rewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\n"
            "trace unix - - n - 0 bounce\nerror unix - - n - - error\nsmtp unix - - n - - smtp\n"
            "anvil unix - - n - 1 anvil\nproxymap unix - - n - - proxymap\npostlog unix-dgram n - n - 1 postlogd\n")
        self.command("start")

    def command(self, word):
        done = subprocess.run(["postfix", "-c", str(self.folder / "etc"), word], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0 and word == "start":
            raise Failure(f"postfix {word}: {done.stdout}")

    def stop(self):
        self.command("stop")
