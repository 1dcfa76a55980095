# For what needs a fresh Debian of its own: to be sourced, as root.

# debian_root FOLDER [RELEASE]: makes a minimal Debian with this machine's package sources, in which no service starts;
# without RELEASE one of this machine's. DUBAN_ROOT may name one of this machine's that was made before, to be copied.
debian_root() {
  local root=$1 own suite mirror
  own=$(. /etc/os-release && echo "$VERSION_CODENAME")
  suite=${2:-$own}
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)
  if [ -n "${DUBAN_ROOT:-}" ] && [ "$suite" = "$own" ]; then
    cp -a "$DUBAN_ROOT" "$root"
  else
    debootstrap --variant=minbase "$suite" "$root" "${mirror:-http://deb.debian.org/debian}" >"$root.log" 2>&1 \
      || { tail -20 "$root.log" >&2; echo "debootstrap failed" >&2; return 1; }
  fi
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
  rm -f "$root/etc/apt/sources.list"
  sed "s/$own/$suite/g" /etc/apt/sources.list.d/debian.sources >"$root/etc/apt/sources.list.d/debian.sources"
}

# inside ROOT COMMAND…: runs a command in that Debian.
inside() {
  local root=$1
  shift
  chroot "$root" env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
