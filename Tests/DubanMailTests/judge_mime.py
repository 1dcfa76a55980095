"""Judges a directory of mails with Python's email package, as strictly as it can.

Each NAME.eml has a NAME.json beside it with what was meant. Prints one line per fault; exit code 1 if any.
The rules come from RFC 5322, 2045, 2047, 5545 and from what mail clients show (facts in docs/mails.md).
"""

import email
import email.header
import email.policy
import html.parser
import json
import pathlib
import re
import sys

ONCE = ["Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "MIME-Version",
        "Content-Type", "Auto-Submitted", "X-Auto-Response-Suppress"]
MAYBE = ["Reply-To"]
ALLOWED = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "name", "content"}, "title": set(), "body": {"style"},
    "div": {"role", "lang", "style"}, "h1": {"style"},
    "table": {"role", "lang", "width", "border", "cellpadding", "cellspacing", "bgcolor", "style"},
    "th": {"scope", "width", "align", "valign", "bgcolor", "style", "colspan"},
    "tr": set(), "td": {"width", "align", "valign", "bgcolor", "style", "colspan"},
    "span": {"style"}, "b": {"style"}, "br": set(), "a": {"href", "style"},
}
EVENT = {"BEGIN", "END", "VERSION", "PRODID", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND",
         "SUMMARY", "DESCRIPTION", "ORGANIZER", "CONTACT", "TRANSP", "STATUS", "ACTION", "TRIGGER"}


class Markup(html.parser.HTMLParser):
    """Only the tags and attributes that the templates use, properly nested."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.text = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in ALLOWED:
            self.faults.append(f"tag <{tag}>")
            return
        for name, value in attributes:
            if name not in ALLOWED[tag]:
                self.faults.append(f"attribute {name} of <{tag}>")
            if name == "href" and not re.match(r"(mailto|tel|https?):", value or ""):
                self.faults.append(f"link to {value!r}")
            if name == "style" and re.search(r"float|flex|position|url|expression|@", value or ""):
                self.faults.append(f"style {value!r}")
            if name == "bgcolor" and not re.fullmatch(r"#[0-9a-f]{6}", value or ""):
                self.faults.append(f"bgcolor {value!r}")
        if tag not in ("br", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        # Outlook's own: a table of a fixed width around ours.
        if not re.fullmatch(r"\[if mso\]>.*<!\[endif\]", data):
            self.faults.append("a comment")

    def handle_decl(self, data):
        if data != "doctype html":
            self.faults.append("a declaration")

    def handle_pi(self, data):
        self.faults.append("a processing instruction")

    unknown_decl = handle_pi


def lines_of(text):
    return text.replace("\r\n", "\n")


def judge_bytes(data):
    if any(byte > 126 for byte in data):
        yield "a byte past seven bits"
    if any(byte < 32 and byte not in (13, 10) for byte in data):
        yield "a control character"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "a bare CR or LF"
    if not data.endswith(b"\r\n"):
        yield "no CRLF at the end"
    for line in data.split(b"\r\n"):
        if len(line) > 78:
            yield f"a line of {len(line)} bytes"
    for word in re.findall(rb"=\?[^\s]*\?=", data.split(b"\r\n\r\n")[0]):
        if len(word) > 75:
            yield "an encoded word of more than 75 characters"


def mailboxes(value):
    """Names and addresses, read without email.policy.

    Python before 3.13 puts a space between the encoded words of a name (gh-92081), against RFC 2047, section 6.2.
    """
    found = []
    for name, bare, address in re.findall(
            r'\s*((?:"(?:[^"\\]|\\.)*"|=\?UTF-8\?B\?\S*\?=(?=\s)|\s+)*)(?:([^\s<>",]+)|<([^\s<>]+)>)(?:,|$)', value):
        name = name.strip()
        if name.startswith('"'):
            name = re.sub(r"\\(.)", r"\1", name[1:-1])
        else:
            name = "".join(part if isinstance(part, str) else part.decode(charset or "ascii")
                           for part, charset in email.header.decode_header(name)) if name else ""
        found.append([name, bare or address])
    return found


def judge_headers(message, raw, meant):
    for name in ONCE:
        if len(message.get_all(name, [])) != 1:
            yield f"{len(message.get_all(name, []))} headers {name}"
    for name in message.keys():
        if name not in ONCE + MAYBE:
            yield f"header {name}"
        for defect in message[name].defects:
            yield f"{name}: {defect!r}"
    if message["Subject"] != meant["subject"]:
        yield f"subject {message['Subject']!r}, meant {meant['subject']!r}"
    for name, key in (("From", "from"), ("To", "to"), ("Reply-To", "replyTo")):
        addresses = [a.addr_spec for a in message[name].addresses] if message[name] else []
        if addresses != [address for _, address in meant[key]]:
            yield f"{name} goes to {addresses!r}, meant {meant[key]!r}"
        if mailboxes(raw.get(name, "")) != meant[key]:
            yield f"{name} {mailboxes(raw[name])!r}, meant {meant[key]!r}"
    if message["Message-ID"].strip() != meant["messageID"]:
        yield f"Message-ID {message['Message-ID']!r}"
    if not re.fullmatch(r"<[0-9a-f]{8}\.[0-9a-f]{24}@[a-z0-9.-]+>", meant["messageID"]):
        yield "Message-ID's form"
    if message["References"].strip() != message["In-Reply-To"].strip():
        yield "References and In-Reply-To differ"
    if message["Date"].datetime.timestamp() != meant["at"]:
        yield f"Date {message['Date']}"
    if message["Auto-Submitted"] != "auto-generated" or message["X-Auto-Response-Suppress"] != "OOF, AutoReply":
        yield "the marks of an automatic mail"


def judge_parts(message, meant):
    parts = [part for part in message.walk()]
    for part in parts:
        for defect in part.defects:
            yield f"{part.get_content_type()}: {defect!r}"
    types = [part.get_content_type() for part in parts]
    wanted = ["multipart/alternative", "text/plain", "text/html"]
    if meant["calendar"] is not None:
        wanted = ["multipart/mixed"] + wanted + ["text/calendar"]
    if types != wanted:
        yield f"parts {types}"
        return
    bodies = {part.get_content_type(): part.get_content() for part in parts if not part.is_multipart()}
    for kind, key in (("text/plain", "text"), ("text/html", "html"), ("text/calendar", "calendar")):
        if key == "calendar" and meant[key] is None:
            continue
        if "\n" in bodies[kind].replace("\r\n", ""):
            yield f"{kind}: a bare line feed"
        if lines_of(bodies[kind]) != lines_of(meant[key]):
            yield f"{kind} differs from what was meant"
    if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]",
                 lines_of(bodies["text/plain"] + bodies["text/html"])):
        yield "a control character or a mark of direction in a body"
    markup = Markup()
    markup.feed(bodies["text/html"])
    markup.close()
    yield from markup.faults
    if markup.open:
        yield f"never closed: {markup.open}"
    for word in meant["words"]:
        for name, text in (("text", re.sub(r"\s", "", bodies["text/plain"])),
                           ("html", re.sub(r"\s", "", "".join(markup.text)))):
            if re.sub(r"\s", "", word) not in text:
                yield f"{name} lacks {word!r}"
    if meant["calendar"] is not None:
        part = parts[-1]
        if part["Content-Type"].params.get("method") != "PUBLISH":
            yield "text/calendar without method=PUBLISH"
        if part.get_filename() != meant["fileName"]:
            yield f"file name {part.get_filename()!r}, meant {meant['fileName']!r}"
        yield from judge_calendar(part.get_payload(decode=True), meant["events"])


def judge_calendar(data, events):
    for line in data.split(b"\r\n"):
        if len(line) > 75:
            yield f"calendar: a line of {len(line)} octets"
        line.decode("utf-8")
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")
    if lines.pop() != "":
        yield "calendar: no CRLF at the end"
    names = [re.match(r"[A-Z-]*", line).group() for line in lines]
    for name in names:
        if name not in EVENT:
            yield f"calendar: property {name!r}"
    if lines.count("BEGIN:VEVENT") != events or names.count("BEGIN") != names.count("END"):
        yield f"calendar: {lines.count('BEGIN:VEVENT')} entries, meant {events}"
    if lines.count("BEGIN:VALARM") != lines.count("STATUS:CONFIRMED"):
        yield "calendar: an alarm for each entry that isn't cancelled"
    identities = [line for line in lines if line.startswith("UID:")]
    if len(set(identities)) != events:
        yield "calendar: entries share a UID"


def main(directory):
    faults = count = 0
    for path in sorted(pathlib.Path(directory).glob("*.eml")):
        count += 1
        data = path.read_bytes()
        meant = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        try:
            message = email.message_from_bytes(data, policy=email.policy.strict)
            raw = email.message_from_bytes(data, policy=email.policy.compat32)
            found = [*judge_bytes(data), *judge_headers(message, raw, meant), *judge_parts(message, meant)]
        except Exception as error:  # a defect that the strict policy raises is a fault like any other
            found = [f"{type(error).__name__}: {error}"]
        for fault in found:
            faults += 1
            print(f"{path.name}: {fault}")
    print(f"judged {count}")
    return 1 if faults or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
