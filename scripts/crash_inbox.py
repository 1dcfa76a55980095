"""The variant of crash-run with a mailbox: answers, bounces and a contact's decisions come in while duban is killed.

Each must lead to exactly one proposal, record, acknowledgement or decision, however often and wherever it died.
"""

import re
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "demo"))
import people  # noqa: E402
from imap import Mailbox  # noqa: E402

CONTACT = "contact@example.org"
# What an owner of a number writes about their measure, and what it asks for.
ANSWERS = [("1.{}已完成。", "done"), ("1.{}申请延期至2023年1月15日。", "postpone"), ("1.{}正在推进。", "progress")]


def mail(sender, text, **fields):
    return people.mail(sender, CONTACT, text, **fields).as_bytes()


class Post:
    """The mailbox of the office, what came into it, and what must follow."""

    def __init__(self, trial):
        self.trial = trial
        # Bounces have a folder of their own, from which what led to something is moved away.
        self.folders = {"INBOX": [], "Bounces": [], "Done": []}
        self.mailbox = Mailbox(self.folders)
        self.asked, self.bounced, self.decided = [], [], {}
        password = trial.folder / "password"
        password.write_text("none\n")
        password.chmod(0o600)
        one = (f'url: "imap://127.0.0.1:{self.mailbox.port}", user: {CONTACT}, passwordFile: password, '
               "plainLogin: loopback")
        with open(trial.configuration, "a", encoding="utf-8") as file:
            file.write(f"answers: {{acknowledge: true}}\ninbox:\n  - {{{one}}}\n"
                       f"  - {{{one}, folder: Bounces, moveTo: Done}}\n")

    def owners_write(self, mailed):
        """Every owner's mail is answered, comes back, or meets a machine; the number of the owner says which."""
        for address, message in mailed.items():
            number = int(re.search(r"\d+", address)[0])
            item = f"1.{number + 1}"
            answering = {"Message_ID": f"<answer-{number}@example.org>", "In_Reply_To": message["Message-ID"]}
            match number % 6:
                case 0 | 1 | 2 as kind:
                    text, asks = ANSWERS[kind]
                    self.asked.append((item, asks))
                    answer = mail(address, text.format(number + 1), Subject="答复", **answering)
                    # The first come twice, and to the other folder too.
                    self.folders["INBOX"] += [answer, answer] if kind == 0 else [answer]
                    self.folders["Bounces"] += [answer] if kind == 0 else []
                case 3:
                    self.bounced.append(address)
                    self.folders["Bounces"].append(people.bounce(message, address, CONTACT, number))
                case 4:
                    self.folders["INBOX"] += [
                        mail(address, "我正在休假。", Subject="自动回复", Auto_Submitted="auto-replied", **answering),
                        mail("news@example.net", "A001 OK done", Subject="news", Message_ID=f"<news-{number}@example.net>")]
                case 5:
                    self.asked.append((item, "done"))
                    _, subject, text = people.links("已完成", message)[0]
                    self.folders["INBOX"].append(
                        mail(address, text, Subject=subject, Message_ID=answering["Message_ID"]))

    def contact_decides(self, digest):
        """Of the requests in a digest some are granted and some refused by its links, each used twice; the rest is
        granted by the numbers. What is open in the end of them all is left to the next digest."""
        granted, refused = people.links("同意", digest), people.links("不同意", digest)
        open_ones = self.trial.query("SELECT id FROM proposal WHERE kind <> 'progress' AND state = 'open' ORDER BY id")
        numbers = [number for number, in open_ones][:len(granted)]
        third = len(numbers) // 3
        for _, subject, text in (granted[:third] + refused[third:2 * third]) * 2:
            self.contact_writes(text, Subject=subject)
        for place in range(2 * third, len(numbers), 4):
            asked = "、".join(map(str, numbers[place:place + 4]))
            self.contact_writes(f"同意{asked}", Subject="答复", In_Reply_To=digest["Message-ID"])
        for place, number in enumerate(numbers):
            self.decided[number] = "rejected" if third <= place < 2 * third else "accepted"

    def contact_writes(self, text, **fields):
        number = len(self.folders["INBOX"])
        self.folders["INBOX"].append(mail(CONTACT, text, Message_ID=f"<decision-{number}@example.org>", **fields))

    def unread(self):
        """How many messages no look has passed yet."""
        passed = self.trial.query("SELECT sum(lastUID) FROM mailbox") if self.trial.has("mailbox") else [(0,)]
        return len(self.folders["INBOX"]) + len(self.folders["Bounces"]) - (passed[0][0] or 0)


def read_while_dying(trial, post, count, rng):
    """Looks into the mailbox until all is read, dying up to so many times on the way; returns how often it died."""
    died = 0
    per_kill = max(post.unread() // count, 1)
    while died < count and post.unread():
        process = trial.start()
        left = [rng.randint(1, 2 * per_kill)]
        step_to_die = rng.choice(["FETCH", "FETCH answered", "FETCH answered", "MOVE", "MOVE answered"])
        delay = rng.choice([0, rng.uniform(0, 0.004), rng.uniform(0, 0.03)])

        def on_step(step):
            left[0] -= step == "FETCH"
            if left[0] <= 0 and (step == step_to_die or left[0] < -3):
                threading.Event().wait(delay)
                process.kill()

        post.mailbox.on_step = on_step
        if rng.random() < 0.15:
            # At any time at all: while it loads, plans, composes or delivers.
            threading.Timer(rng.uniform(0, 0.6), process.kill).start()
        output, _ = process.communicate(timeout=600)
        post.mailbox.on_step = lambda step: None
        if process.returncode == -signal.SIGKILL:
            died += 1
        elif process.returncode != 0:
            raise SystemExit(f"crash-run: ended with {process.returncode}:\n{output}")
        trial.later(seconds=20)
    trial.finish()
    return died


def variant_inbox(trial, mails, count, rng):
    """Answers, bounces and the contact's decisions come in while it is killed: each has exactly one consequence."""
    post = Post(trial)
    trial.finish()
    mailed = {m["To"].addresses[0].addr_spec: m for m in (people.parsed(data) for _, data in trial.sink.arrived)}
    mailed.pop(CONTACT)
    post.owners_write(mailed)
    trial.later(hours=1)
    died = read_while_dying(trial, post, count // 3, rng)
    proposals = trial.query("SELECT item, kind, state, doubt FROM proposal")
    expected = sorted((item, asks, "open", "") for item, asks in post.asked)
    expect(sorted(proposals) == expected, "proposals", set(proposals) ^ set(expected), len(proposals))
    bad = [address for address, in trial.query("SELECT address FROM badRecipient")]
    expect(sorted(bad) == sorted(post.bounced), "bad addresses", set(bad) ^ set(post.bounced), len(bad))
    expect(trial.query("SELECT count(*), count(DISTINCT entry) FROM bounce") == [(len(post.bounced),) * 2], "bounces")
    replied = [person for person, in trial.query("SELECT person FROM entry WHERE kind = 'reply'")]
    expect(len(replied) == len(set(replied)) == len(post.asked), "acknowledgements", len(replied))
    expect(post.folders["Bounces"].count(None) == len(post.folders["Done"]), "moved messages")

    for _ in range(2):
        trial.now = trial.now.replace(hour=8, minute=31) + timedelta(days=1)
        trial.finish()
        post.contact_decides([m for m in (people.parsed(data) for _, data in trial.sink.arrived) if CONTACT in m["To"]][-1])
        trial.later(hours=1)
        died += read_while_dying(trial, post, count // 3, rng)
        decided = dict(trial.query("SELECT id, state FROM proposal WHERE state <> 'open'"))
        expect(decided == post.decided, "decisions", decided, post.decided)
        kept = trial.query("SELECT count(*), count(DISTINCT evidence) FROM decision")
        accepted = list(decided.values()).count("accepted")
        expect(kept == [(accepted, accepted)], "records of decisions", kept)

    # The numbers mean something else: all is read again, and nothing follows.
    before = trial.query("SELECT id, kind, state, decidedAt FROM proposal")
    post.mailbox.uid_validity += 1
    trial.later(hours=1)
    trial.run()
    expect(trial.query("SELECT id, kind, state, decidedAt FROM proposal") == before, "proposals that came twice")
    trial.account("inbox", died, mails, 2 * died)


def expect(holds, what, *found):
    if not holds:
        raise SystemExit(f"crash-run: {what}: {found}")
