#!/bin/sh
# Installs the ColdChain edge agent on a Raspberry Pi, or any Debian with systemd. A second run changes nothing.
#
#   sudo ./install.sh --program DIR              DIR: what "dotnet publish edge -c Release -o DIR" made
#   ./install.sh --program DIR --root FOLDER     into a folder, as for an image: no user, no systemd, no root needed
#
# An existing /etc/coldchain/edge.yaml is never touched.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root='' program='' changed=0
user=coldchain

main() {
  read_arguments "$@"
  check
  [ -n "$root" ] || make_user
  make_folder /etc/coldchain 0750
  make_folder /var/lib/coldchain 0750
  copy_program
  copy "$here/README.md" /usr/local/share/doc/coldchain-edge/README.md 0644
  copy "$here/coldchain-edge.service" /etc/systemd/system/coldchain-edge.service 0644
  copy "$here/90-coldchain.rules" /etc/udev/rules.d/90-coldchain.rules 0644
  [ -e "$root/etc/coldchain/edge.yaml" ] || copy "$here/edge-pi.yaml" /etc/coldchain/edge.yaml 0640
  [ -n "$root" ] || own
  [ -n "$root" ] || start
  if [ "$changed" = 0 ]; then echo 'Nothing changed.'; else echo "Done: $changed change(s)."; fi
}

stop() { echo "install.sh: $1" >&2; exit 2; }
say() { echo "$1"; changed=$((changed + 1)); }

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --program) [ $# -ge 2 ] || stop '--program needs the folder of the published agent behind it'; program=$2; shift 2 ;;
      --root) [ $# -ge 2 ] || stop '--root needs a folder behind it'; root=${2%/}; shift 2 ;;
      -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
      *) stop "unknown argument '$1'; known are --program DIR and --root FOLDER" ;;
    esac
  done
}

check() {
  [ -n "$program" ] || stop 'which agent? Publish it, and name the folder: --program DIR'
  [ -f "$program/ColdChain.Edge.dll" ] ||
    stop "there is no ColdChain.Edge.dll in $program; make it with: dotnet publish edge -c Release -o $program"
  [ -z "$root" ] || { [ -d "$root" ] || stop "there is no folder $root; create it first"; return 0; }
  [ "$(id -u)" = 0 ] || stop 'run it as root: sudo ./install.sh …'
  [ -d /run/systemd/system ] || stop 'systemd does not run here; to prepare an image, use --root FOLDER'
  command -v dotnet >/dev/null || stop 'there is no dotnet; install the .NET 10 runtime, so that "dotnet --list-runtimes" works'
}

make_user() {
  getent passwd "$user" >/dev/null && return 0
  useradd --system --user-group --no-create-home --home-dir /var/lib/coldchain --shell /usr/sbin/nologin "$user"
  say "created the user $user"
}

make_folder() {
  [ -d "$root$1" ] && return 0
  mkdir -p "$root$1"
  chmod "$2" "$root$1"
  say "created $1"
}

copy() {
  cmp -s "$1" "$root$2" && return 0
  mkdir -p "$(dirname "$root$2")"
  # Beside it and then renamed: a power cut leaves the old file or the new one.
  cp "$1" "$root$2.new"
  chmod "$3" "$root$2.new"
  mv "$root$2.new" "$root$2"
  say "wrote $2"
}

copy_program() {
  target=$root/opt/coldchain-edge
  diff -r "$program" "$target" >/dev/null 2>&1 && return 0
  mkdir -p "$root/opt"
  rm -rf "$target.new" "$target.old"
  cp -R "$program" "$target.new"
  chmod -R u=rwX,go=rX "$target.new"
  [ ! -e "$target" ] || mv "$target" "$target.old"
  mv "$target.new" "$target"
  rm -rf "$target.old"
  say 'wrote /opt/coldchain-edge'
}

# Configuration and secrets: root writes them, the agent reads them, nobody else does.
own() {
  chown -R root:"$user" /etc/coldchain
  chown "$user:$user" /var/lib/coldchain
}

start() {
  if [ "$changed" != 0 ]; then systemctl daemon-reload; fi
  if ! systemctl is-enabled --quiet coldchain-edge; then
    systemctl enable coldchain-edge
    say 'enabled coldchain-edge: it starts with the machine'
  fi
  # The first configuration is a sample: it is started by hand once it names this machine's sensors.
  if [ "$changed" != 0 ] && systemctl is-active --quiet coldchain-edge; then systemctl restart coldchain-edge; fi
}

main "$@"
