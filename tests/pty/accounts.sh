#!/bin/sh
# Accounts of every role for tests/pty/ssh.rs: they can log in with a key only, and own nothing. Needs root; does nothing where they are.
set -eu
group() { getent group "$1" >/dev/null || groupadd --system "$1"; }
# A password that nobody has, rather than a locked account: sshd lets no locked one in.
account() { # account NAME GROUPS
  id "$1" >/dev/null 2>&1 || useradd --system --create-home --shell /bin/sh --password '*' "$1"
  usermod -aG "$2" "$1"
}
group dubt-users
group dubt-only
account dubt-host dubt-users
account dubt-admin dubt-users
account dubt-editor dubt-users
account dubt-contact dubt-users,dubt-only
account dubt-reader dubt-users,dubt-only
account dubt-norole dubt-users,dubt-only
# Not of the group: the socket itself keeps it out.
account dubt-outsider dubt-only
