#!/usr/bin/python3
"""Runs a program under the part of a unit's sandbox that the kernel enforces by seccomp, where no systemd runs.

Usage: sandboxed.py UNIT USER PROGRAM [ARGUMENT...]   (as root; Debian's python3-seccomp)

Like systemd: SystemCallFilter= as an allow list, and RestrictAddressFamilies=, MemoryDenyWriteExecute=,
RestrictRealtime=, RestrictSUIDSGID=, RestrictNamespaces= and LockPersonality= as filters of their own. The program
becomes USER first and can't gain rights. What needs mounts (ProtectSystem= and the like) isn't imitated.
"""

import errno
import mmap
import os
import pwd
import re
import resource
import socket
import stat
import subprocess
import sys

import seccomp

CLONE_NEW = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000, 0x00000080)
ORDINARY_SCHEDULERS = (0, 3, 5)  # SCHED_OTHER, SCHED_BATCH, SCHED_IDLE
PROT_WRITE, PROT_EXEC, SHM_EXEC = mmap.PROT_WRITE, mmap.PROT_EXEC, 0o100000
PR_SET_NO_NEW_PRIVS = 38


def settings(unit):
    """The unit's settings: name and value in order."""
    text = open(unit, encoding="utf-8").read()
    return re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)


def expanded(name, known={}):
    """The system calls of a group, or the one of that name."""
    if not name.startswith("@"):
        return {name}
    if name not in known:
        shown = subprocess.run(["systemd-analyze", "--no-pager", "syscall-filter", name], check=True,
                               stdout=subprocess.PIPE, text=True).stdout
        members = [line.strip() for line in shown.splitlines()[1:]]
        known[name] = set().union(*(expanded(member) for member in members if member and not member.startswith("#")))
    return known[name]


def allowed_calls(unit):
    """What SystemCallFilter= leaves; @default is always in it (systemd.exec(5))."""
    allowed = set(expanded("@default"))
    for name, value in settings(unit):
        if name == "SystemCallFilter":
            # CALL:0 is answered with success, and not made.
            words = value.lstrip("~").split()
            answered = {word[:-2] for word in words if word.endswith(":0")}
            named = set().union(*(expanded(word) for word in words if not word.endswith(":0")))
            allowed = (allowed - named if value.startswith("~") else allowed | named) | answered
    return allowed


def load(unit):
    """Loads the filters; the allow list comes last, as it forbids loading more."""
    values = dict(settings(unit))
    arguments = []

    def deny(call, *conditions, code=errno.EPERM):
        arguments.append((call, conditions, code))

    if values.get("MemoryDenyWriteExecute") == "yes":
        both = PROT_WRITE | PROT_EXEC
        deny("mmap", seccomp.Arg(2, seccomp.MASKED_EQ, both, both))
        deny("mprotect", seccomp.Arg(2, seccomp.MASKED_EQ, PROT_EXEC, PROT_EXEC))
        deny("pkey_mprotect", seccomp.Arg(2, seccomp.MASKED_EQ, PROT_EXEC, PROT_EXEC))
        deny("shmat", seccomp.Arg(2, seccomp.MASKED_EQ, SHM_EXEC, SHM_EXEC))
    families = values.get("RestrictAddressFamilies", "").split()
    if families:
        for number in range(46):
            if number not in [getattr(socket, family) for family in families]:
                deny("socket", seccomp.Arg(0, seccomp.EQ, number), code=errno.EAFNOSUPPORT)
    if values.get("RestrictRealtime") == "yes":
        for number in range(8):
            if number not in ORDINARY_SCHEDULERS:
                deny("sched_setscheduler", seccomp.Arg(1, seccomp.EQ, number))
    if values.get("RestrictSUIDSGID") == "yes":
        for bit in (stat.S_ISUID, stat.S_ISGID):
            for call, position in (("chmod", 1), ("fchmod", 1), ("fchmodat", 2), ("mkdir", 1), ("mkdirat", 2)):
                deny(call, seccomp.Arg(position, seccomp.MASKED_EQ, bit, bit))
    if values.get("RestrictNamespaces") == "yes":
        for flag in CLONE_NEW:
            deny("clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
        deny("unshare")
        deny("setns")
    if values.get("LockPersonality") == "yes":
        deny("personality", seccomp.Arg(0, seccomp.NE, 0xFFFFFFFF))

    for call, conditions, code in arguments:
        restriction = seccomp.SyscallFilter(seccomp.ALLOW)
        restriction.add_rule(seccomp.ERRNO(code), call, *conditions)
        restriction.load()
    allow_list = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for call in allowed_calls(unit):
        try:
            allow_list.add_rule(seccomp.ALLOW, call)
        except (ValueError, RuntimeError):
            pass  # systemd's groups name calls of other machines too
    allow_list.load()


def main(unit, user, *command):
    account = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    load(unit)
    os.execv(command[0], command)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
