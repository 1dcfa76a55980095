"""The boot test's checks, inside the machine: the service under the real systemd, and with a clock that is set.

The machine starts on Thursday, 15 December 2022, at ten o'clock in China, with the service enabled. What the relay took
is in /run/mails. Each check says what it saw; the first that fails ends the test with the service's journal.
"""

import json
import os
import pathlib
import pwd
import re
import signal
import subprocess
import sys
import time

PATIENCE = 120  # seconds until something that should happen counts as not happening, in a slow machine
STATE = pathlib.Path("/var/lib/duban")
CONFIGURATION = pathlib.Path("/etc/duban/duban.yaml")
DROP_INS = pathlib.Path("/run/systemd/system/duban.service.d")
CONTACT = "office@example.org"
MESSAGES = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c"  # what our MESSAGE_IDs begin with; see JournalEvent
LIFECYCLE, LOADED, REFUSED, QUEUED, SENT = (MESSAGES + number for number in ("01", "02", "03", "04", "05"))


class Fault(Exception):
    pass


def expect(condition, message):
    if not condition:
        raise Fault(message)


def same(what, seen, expected):
    expect(seen == expected, f"{what}: expected {expected!r}, saw {seen!r}")


def wait(what, condition):
    """What the condition gives once it is true."""
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        expect(time.monotonic() < end, f"{what} didn't come within {PATIENCE} s; the status line: {status_text()}")
        time.sleep(0.3)
    return value


def run(*command, code=0):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if code is not None:
        expect(done.returncode == code, f"{' '.join(command)} ended with {done.returncode}, not {code}:\n{done.stdout}{done.stderr}")
    return done.stdout


def step(words):
    print(f"boot-test: {time.monotonic():5.0f} s  {words}")


def show(name, unit="duban"):
    """One of the unit's properties."""
    return run("systemctl", "show", "--value", "-p", name, unit).strip()


def pid():
    return int(show("MainPID"))


def status_text():
    return show("StatusText")


def journal(unit="duban", kind=None):
    """The journal's entries of a unit, oldest first; with a kind, those with our MESSAGE_ID alone."""
    run("journalctl", "--sync")
    lines = run("journalctl", "-q", "-o", "json", "-u", unit).splitlines()
    entries = [json.loads(line) for line in lines]
    return [entry for entry in entries if kind is None or entry.get("MESSAGE_ID") == kind]


def mails():
    """What the relay took, in order."""
    file = pathlib.Path("/run/mails")
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def addresses(some):
    return sorted(mail["to"] for mail in some)


def planned(day):
    """Who gets which mail that day, by the plan."""
    told = json.loads("[" + ",".join(run("duban", "plan", "--from", day, "--to", day, "--json").splitlines()) + "]")
    return sorted((mail["to"]["email"], mail["subject"]) for mail in told)


def all_out(day, before):
    """The plan is looked at first, and then its mails go out one by one."""
    wait("all of the day's mails", lambda: len(mails()) - before >= len(planned(day)))


def none_twice():
    ids = [mail["id"] for mail in mails()]
    same("mails that came twice", sorted({one for one in ids if ids.count(one) > 1}), [])


def settled():
    """Waits until the service sleeps with nothing left to send, and gives when it looks at the plan next."""
    found = wait("the service's sleep", lambda: re.match(r"next look at the plan (\S+);.* 0 waiting", status_text()))
    return found.group(1)


def looks_next(moment):
    wait(f"“next look at the plan {moment}” in the status line", lambda: f"next look at the plan {moment}" in status_text())


def set_clock(moment):
    """The machine's clock, in UTC."""
    run("date", "-u", "-s", moment)


def drop_in(name, *lines):
    DROP_INS.mkdir(parents=True, exist_ok=True)
    (DROP_INS / name).write_text("\n".join(("[Service]",) + lines) + "\n")
    run("systemctl", "daemon-reload")


def start():
    """The machine's own start brought the service up."""
    wait("the service's start", lambda: show("ActiveState") == "active")
    next_look = settled()
    same("the next look", next_look, "2022-12-16T08:30:00+08:00")
    same("failed units", run("systemctl", "--failed", "--plain", "--no-legend"), "")
    first = mails()
    expect(len(first) > 5 and len(set(addresses(first))) == len(first), f"the first day's mails: {addresses(first)}")
    same("the day's queue in the journal", journal(kind=QUEUED)[0]["DUBAN_COUNT"], str(len(first)))
    step(f"active, and {len(first)} mails to {len(first)} people; {status_text()}")
    # Told of units that systemd doesn't understand or can't carry out; the manual pages aren't installed here.
    complaints = subprocess.run(["systemd-analyze", "verify", "--man=no", "duban.service", "duban-digest@contact.service"],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    same("systemd-analyze verify", complaints.stdout, "")


def sandbox():
    """What the kernel says of the process."""
    process = pathlib.Path(f"/proc/{pid()}")
    facts = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines())
    account = pwd.getpwnam("duban")
    same("the user", facts["Uid"].split(), [str(account.pw_uid)] * 4)
    same("the group", facts["Gid"].split(), [str(account.pw_gid)] * 4)
    for name, value in {"Seccomp": "2", "NoNewPrivs": "1", **{f"Cap{set}": "0" * 16 for set in ("Inh", "Prm", "Eff", "Bnd", "Amb")}}.items():
        same(name, facts[name], value)
    for kind in ("user", "mnt"):
        expect(os.readlink(process / "ns" / kind) != os.readlink(f"/proc/1/ns/{kind}"), f"the {kind} namespace is the machine's")
    # Through the process's own view of the file system, as root: what is refused there is refused by the mounts.
    view = process / "root"
    for folder, writable in {"etc": False, "etc/duban": False, "usr": False, "var": False, "var/lib/duban": True, "tmp": True}.items():
        probe = view / folder / "boot-test-probe"
        try:
            probe.touch()
            probe.unlink()
            seen = True
        except OSError:
            seen = False
        same(f"/{folder} is writable for the service", seen, writable)
    expect(not (view / "dev/vda").exists(), "the service sees the machine's disk")
    same("what the service sees of /home and /root", [*(view / "home").iterdir(), *(view / "root").iterdir()], [])
    secret = view / "run/credentials/duban.service/relay-password"
    same("the credential", secret.read_text(), "authorisation-code\n")
    same("what others may do with the credential", oct(secret.stat().st_mode & 0o077), "0o0")
    # systemd has them in a set, in no order.
    same("addresses that are closed", sorted(show("IPAddressDeny").split()), ["0.0.0.0/0", "::/0"])
    # The relay took mail, which it doesn't without the password: the credential is what logged in.
    noise = [entry["MESSAGE"] for entry in journal() if "MESSAGE_ID" not in entry]
    same("lines in the journal without a MESSAGE_ID", noise, [])
    step("user duban, no capability, seccomp, the system read-only, the credential its own; nothing stray in the journal")


def fields():
    """Our fields in the journal."""
    sent = journal(kind=SENT)
    same("mails sent, by the journal", len(sent), len(mails()))
    # The contact's digest is about everything: it has no items of its own.
    digests = addresses(mails()).count(CONTACT)
    for name, without in {"DUBAN_ENTRY": 0, "DUBAN_ITEMS": digests, "DUBAN_ATTEMPT": 0, "DUBAN_ANSWER": 0, "DUBAN_RECIPIENT_HASH": 0}.items():
        same(f"mails sent without {name} in the journal", len([entry for entry in sent if not entry.get(name)]), without)
    same("the identifier", {entry["SYSLOG_IDENTIFIER"] for entry in sent}, {"duban"})
    ours = [entry for entry in journal() if entry.get("MESSAGE_ID", "").startswith(MESSAGES)]
    for entry in ours:
        expect("@" not in entry["MESSAGE"], f"an address in the journal: {entry['MESSAGE']}")
    same("starts in the journal", [entry["MESSAGE"] for entry in journal(kind=LIFECYCLE)], ["started"])
    step(f"{len(ours)} entries with a MESSAGE_ID, {len(sent)} of them mails with all their fields")


def reload():
    before, loaded = pid(), len(journal(kind=LOADED))
    run("systemctl", "log-level", "debug")
    run("systemctl", "reload", "duban")
    wait("the reload", lambda: len(journal(kind=LOADED)) > loaded)
    wait("the end of the reload", lambda: show("ActiveState") == "active" and settled())
    run("systemctl", "log-level", "info")
    told = [found.group(1) for entry in journal() if (found := re.search(r"Got notification message from PID \d+ \((RELOADING|READY)=1", entry["MESSAGE"]))]
    same("what systemd was told", told, ["RELOADING", "READY"])
    states = [found.group(1) for entry in journal() if (found := re.search(r"Changed (\S+ -> \S+)$", entry["MESSAGE"]))]
    expect("running -> reload" in states, f"systemd never saw it reloading: {states}")
    same("the process after the reload", pid(), before)
    step("a reload: RELOADING, READY, the same process")


def by_hand():
    """What people do beside the running service."""
    before = len(mails())
    for instance in ("contact", run("systemd-escape", "马鹏").strip()):
        run("systemctl", "start", f"duban-digest@{instance}")
    same("digests by hand", [mail["to"] for mail in mails()[before:]], [CONTACT, "mapeng@example.org"])
    told = json.loads(run("duban", "status", "--json", code=None))
    same("duban status by root", (told["healthy"], told["backlog"]), (True, {}))
    run("duban", "queue", "list")
    run("duban", "history")
    run("duban", "snooze", "1.1", "--until", "2099-01-01", "--by", "杜潘", "--why", "试")
    owner = pwd.getpwnam("duban").pw_uid
    foreign = [str(file) for file in STATE.rglob("*") if file.stat().st_uid != owner]
    same("files that the service can't open", foreign, [])
    step("two digests by hand, and root's commands, beside the service: every file is still the service's")


def killed():
    drop_in("soon.conf", "RestartSec=1s")
    before, count = pid(), len(mails())
    os.kill(before, signal.SIGKILL)
    wait("another process", lambda: pid() not in (0, before) and show("ActiveState") == "active")
    settled()
    same("restarts", show("NRestarts"), "1")
    same("mails after the kill", len(mails()), count)
    step("kill -9: started again, nothing sent twice")


def watchdog():
    drop_in("watchdog.conf", "WatchdogSec=10s")
    run("systemctl", "restart", "duban")
    settled()
    before, count = pid(), len(mails())
    time.sleep(15)
    same("the process after more than the watchdog's time", pid(), before)
    os.kill(before, signal.SIGSTOP)
    wait("another process", lambda: pid() not in (0, before) and show("ActiveState") == "active")
    settled()
    expect(any("Watchdog timeout" in entry["MESSAGE"] for entry in journal()), "it wasn't the watchdog that ended it")
    same("mails after the watchdog", len(mails()), count)
    (DROP_INS / "watchdog.conf").unlink()
    run("systemctl", "daemon-reload")
    run("systemctl", "reset-failed", "duban")
    run("systemctl", "restart", "duban")
    settled()
    step("a stopped process is killed by the watchdog and started again, nothing sent twice")


def upgraded():
    before, count = pid(), len(mails())
    run("dpkg", "-i", "/opt/boot/newer.deb")
    wait("another process", lambda: pid() not in (0, before) and show("ActiveState") == "active")
    settled()
    same("mails after the upgrade", len(mails()), count)
    step("an upgrade of the package: the service runs on, as another process, nothing sent twice")


def wrong_configuration():
    text, before = CONFIGURATION.read_text(), pid()
    CONFIGURATION.write_text(text.replace("08:30", "88:30"))
    run("systemctl", "reload", "duban", code=1)
    wait("the refusal", lambda: journal(kind=REFUSED))
    same("the process with a wrong configuration", (pid(), show("ActiveState")), (before, "active"))
    run("systemctl", "restart", "duban", code=1)
    wait("the failure", lambda: show("ActiveState") == "failed")
    time.sleep(4)
    same("the end with a wrong configuration", (show("ActiveState"), show("ExecMainStatus"), show("NRestarts")), ("failed", "78", "0"))
    CONFIGURATION.write_text(text)
    run("systemctl", "reset-failed", "duban")
    run("systemctl", "start", "duban")
    settled()
    step("a wrong configuration: refused while it runs; at the start 78, and not started again")


def the_next_day():
    count, at = len(mails()), time.monotonic()
    set_clock("2022-12-16 00:31:00")
    wait("the day's mails", lambda: len(mails()) > count)
    seconds = mails()[count]["at"] - at
    looks_next("2022-12-19T08:30:00+08:00")
    settled()
    all_out("2022-12-16", count)
    same("the mails of 16 December", sorted((mail["to"], mail["subject"]) for mail in mails()[count:]), planned("2022-12-16"))
    step(f"the clock set past the send time: {len(mails()) - count} mails, as planned, the first after {seconds:.1f} s")


def at_the_moment():
    count = len(mails())
    set_clock("2022-12-19 00:29:55")
    wait("the digest", lambda: len(mails()) > count)
    expect(run("date", "-u", "+%H:%M").strip() == "00:30", "the digest didn't come at its time")
    looks_next("2022-12-20T08:30:00+08:00")
    all_out("2022-12-19", count)
    same("the mails of 19 December", sorted((mail["to"], mail["subject"]) for mail in mails()[count:]), planned("2022-12-19"))
    step("the clock set to five seconds before: sent at its time")


def days_later():
    count = len(mails())
    set_clock("2022-12-30 00:31:00")
    wait("the day's mails", lambda: len(mails()) > count)
    looks_next("2023-01-03T08:30:00+08:00")
    settled()
    all_out("2022-12-30", count)
    new = mails()[count:]
    same("people with more than one mail", sorted({to for to in addresses(new) if addresses(new).count(to) > 1}), [])
    owed = [to for to, _ in planned("2022-12-30")]
    expect(set(owed) <= set(addresses(new)), f"mails of 30 December: expected {owed}, saw {addresses(new)}")
    step(f"the clock set eleven days on: {len(new)} mails, one for each person")


def back():
    count = len(mails())
    set_clock("2022-12-16 01:00:00")
    looks_next("2022-12-19T08:30:00+08:00")
    set_clock("2022-12-19 00:29:57")
    looks_next("2022-12-20T08:30:00+08:00")
    settled()
    same("mails after the clock was set back", len(mails()), count)
    step("the clock set back by three days, and those days once more: noticed, and nothing sent twice")


def zone():
    count = len(mails())
    localtime = pathlib.Path("/etc/localtime")
    localtime.unlink(missing_ok=True)
    localtime.symlink_to("/usr/share/zoneinfo/America/Los_Angeles")
    pathlib.Path("/etc/timezone").write_text("America/Los_Angeles\n")
    same("the machine's zone", run("date", "+%Z").strip(), "PST")
    run("systemctl", "restart", "duban")
    same("the next look in another zone", settled(), "2023-01-03T08:30:00+08:00")
    set_clock("2023-01-03 00:31:00")
    wait("the digest", lambda: len(mails()) > count)
    looks_next("2023-01-04T08:30:00+08:00")
    same("the mails of 3 January", addresses(mails()[count:]), [CONTACT])
    step("the machine in Los Angeles: the configuration's zone decides")


def asleep():
    """Suspend to memory, as a laptop does; the machine's own clock wakes it."""
    count = len(mails())
    set_clock("2023-01-05 00:25:00")
    looks_next("2023-01-05T08:30:00+08:00")
    set_clock("2023-01-05 00:29:30")
    pathlib.Path("/sys/class/rtc/rtc0/wakealarm").write_text("+45")
    pathlib.Path("/sys/power/state").write_text("mem")
    slept = time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
    expect(slept > 5, f"the machine slept for {slept:.0f} s")
    wait("the day's mails", lambda: len(mails()) > count)
    looks_next("2023-01-06T08:30:00+08:00")
    settled()
    all_out("2023-01-05", count)
    same("the mails of 5 January", sorted((mail["to"], mail["subject"]) for mail in mails()[count:]), planned("2023-01-05"))
    step(f"asleep over the send time: {len(mails()) - count} mails, as planned")


def years_ahead():
    """A clock that is wrong by years until the network puts it right."""
    count = len(mails())
    set_clock("2031-06-03 01:00:00")
    wait("mails of 2031", lambda: len(mails()) > count)
    looks_next("2031-06-04T08:30:00+08:00")
    settled()
    set_clock("2023-01-06 01:00:00")
    looks_next("2023-01-09T08:30:00+08:00")
    settled()
    count = len(mails())
    set_clock("2023-01-10 00:31:00")
    wait("the day's mails", lambda: len(mails()) > count)
    looks_next("2023-01-11T08:30:00+08:00")
    settled()
    all_out("2023-01-10", count)
    # Not their subjects: Monday's weekly digest, which the clock left out, is made up for.
    same("who gets mail on 10 January", addresses(mails()[count:]), [to for to, _ in planned("2023-01-10")])
    step("a clock that was years ahead and is put right: nobody falls silent")


def the_end():
    run("systemctl", "stop", "duban")
    same("the end", (show("ActiveState"), show("Result"), show("ExecMainStatus")), ("inactive", "success", "0"))
    same("the last word", journal(kind=LIFECYCLE)[-1]["MESSAGE"], "ended")
    none_twice()
    step(f"{len(mails())} mails in all, none twice; ended with success")


def main():
    print("boot-test:", run("uname", "-sr").strip(), run("systemctl", "--version").splitlines()[0], run("date", "-u", "-Is").strip())
    for check in (start, sandbox, fields, reload, by_hand, killed, watchdog, upgraded, wrong_configuration, the_next_day, at_the_moment,
                  back, days_later, zone, asleep, years_ahead, the_end):
        check()
        none_twice()
    print("boot-test: all went well")


try:
    main()
except Fault as fault:
    print(subprocess.run("systemctl status -n 0 duban; journalctl -q -o short-iso-precise -u duban -u 'duban-digest@*' | tail -60",
                         shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout)
    sys.exit(f"boot-test: {fault}")
