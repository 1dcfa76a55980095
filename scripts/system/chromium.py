"""A headless Chromium to ask questions of, over the DevTools protocol on a pipe: no port is opened.

Everything waits for an event or an answer; nothing sleeps.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


class Chromium:
    """One browser with one page; use it with `with`."""

    LIMIT = 60  # seconds for any answer, on a busy machine

    def __init__(self, program="chromium"):
        self.profile = tempfile.mkdtemp(prefix="duban-chromium.")
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--remote-debugging-pipe", "--user-data-dir=" + self.profile, "about:blank"]

        def connect():
            # Chromium reads commands from descriptor 3 and answers on 4; both are moved out of the way first.
            source, sink = os.dup(theirs_in), os.dup(theirs_out)
            source, sink = os.fdopen(source, "rb", 0), os.fdopen(sink, "wb", 0)
            high_source, high_sink = 30, 31
            os.dup2(source.fileno(), high_source)
            os.dup2(sink.fileno(), high_sink)
            os.dup2(high_source, 3)
            os.dup2(high_sink, 4)

        self.process = subprocess.Popen(
            command, preexec_fn=connect, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.input, self.output = ours_in, ours_out
        self.pending = b""
        self.number = 0
        self.session = None
        self.loaded = False
        self.events = []
        self.complaints = []
        target = self._send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.session = self._send(
            "Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        os.close(self.input)
        os.close(self.output)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _receive(self):
        limit = time.monotonic() + self.LIMIT
        while b"\0" not in self.pending:
            ready, _, _ = select.select([self.input], [], [], max(0, limit - time.monotonic()))
            if not ready:
                raise TimeoutError("Chromium gave no answer in %d seconds" % self.LIMIT)
            data = os.read(self.input, 1 << 16)
            if not data:
                raise EOFError("Chromium ended")
            self.pending += data
        message, self.pending = self.pending.split(b"\0", 1)
        message = json.loads(message)
        method = message.get("method", "")
        if method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(message["params"]["exceptionDetails"], ensure_ascii=False))
        elif method == "Runtime.consoleAPICalled" and message["params"]["type"] in ("error", "warning"):
            self.complaints.append(json.dumps(message["params"]["args"], ensure_ascii=False))
        elif method == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])
        elif method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Network.requestWillBeSent":
            self.events.append(message["params"]["request"]["url"])
        return message

    def _send(self, method, parameters=None):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters or {}}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]["message"]))
                return answer["result"]

    def call(self, method, **parameters):
        """One command of the protocol."""
        return self._send(method, parameters)

    def look(self, width, height=900, dark=False, scale=1):
        """The window's size in CSS pixels, and the person's choice of light or dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=width < 500)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def scripts(self, allowed):
        """Whether pages may run scripts."""
        self.call("Emulation.setScriptExecutionDisabled", value=not allowed)

    def open(self, url):
        """Loads a page from scratch; `requests` then holds what it asked for."""
        self._navigate("about:blank")
        self.events, self.complaints = [], []
        self._navigate(url)

    def _navigate(self, url):
        self.loaded = False
        problem = self.call("Page.navigate", url=url).get("errorText")
        if problem:
            raise RuntimeError("%s: %s" % (url, problem))
        while not self.loaded:
            self._receive()

    @property
    def requests(self):
        return [url for url in self.events if url != "about:blank"]

    def evaluate(self, expression):
        """The value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"], ensure_ascii=False))
        return result["result"].get("value")

    def picture(self, file, full=True):
        """A PNG of the whole page, or of the window."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=full,
                         **({"clip": self._whole()} if full else {}))["data"]
        with open(file, "wb") as target:
            target.write(base64.b64decode(data))

    def _whole(self):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        return {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}

    def paper(self, file):
        """A PDF as the page's own style asks for."""
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"]
        with open(file, "wb") as target:
            target.write(base64.b64decode(data))
