#!/usr/bin/env python3
"""Passes connections on to a server, and holds one back in the middle where a test asks for it, however fast both sides are.

  holding_proxy.py PORT SERVER-PORT HOLD

While the file HOLD is there, a connection on which 100 kB came back goes no further: HOLD.held appears, and once HOLD is
gone the connection is cut."""
import os
import socket
import sys
import threading
import time

ENOUGH = 100_000
port, server_port, hold = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]


def cut(*sockets):
    for end in sockets:
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # It has ended already.


def pump(source, target, is_back):
    passed = 0
    try:
        while data := source.recv(65536):
            if is_back and passed > ENOUGH and os.path.exists(hold):
                open(hold + ".held", "w").close()
                while os.path.exists(hold):
                    time.sleep(0.01)
                break
            target.sendall(data)
            passed += len(data)
    except OSError:
        pass  # One side went away: so does the other.
    cut(source, target)


listener = socket.create_server(("127.0.0.1", port))
while True:
    client, _ = listener.accept()
    try:
        server = socket.create_connection(("127.0.0.1", server_port))
    except OSError:
        client.close()
        continue
    for source, target in ((client, server), (server, client)):
        threading.Thread(target=pump, args=(source, target, source is server), daemon=True).start()
