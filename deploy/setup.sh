#!/bin/sh
# Makes once what docker-compose.yml and loopback.sh need and what is never in the repository: the broker's certificates and accounts, the
# passwords of InfluxDB and Grafana, the fleet file with its first instant, and the folders for data. A second run changes nothing.
#
#   setup.sh                 into deploy/secrets and deploy/state
#   setup.sh --folder DIR    into DIR/secrets and DIR/state
#
# docker compose run --rm setup runs it where openssl and mosquitto are installed.
set -eu
umask 077

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=$here
devices='edge-1 edge-2'

main() {
  read_arguments "$@"
  mkdir -p "$folder/secrets" "$folder/state" 2>/dev/null || stop "$folder cannot be written by user $(id -u). Run this as the user who owns it, or set STACK_UID and STACK_GID to that user."
  [ -w "$folder/secrets" ] && [ -w "$folder/state" ] || stop "$folder/secrets and $folder/state belong to somebody else than user $(id -u). Set STACK_UID and STACK_GID to their owner."
  provision broker mosquitto localhost 127.0.0.1
  # shellcheck disable=SC2086 # Names without spaces, as a list.
  provision device $devices
  for name in influx-admin influx-server influx-grafana grafana-admin; do make_password "$name"; done
  for name in server influxdb grafana $devices; do mkdir -p "$folder/state/$name"; done
  make_fleet
  echo "Everything is in $folder/secrets and $folder/state. Grafana's user is admin, with the password in $folder/secrets/grafana-admin."
}

stop() { echo "setup.sh: $1" >&2; exit 2; }

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --folder) [ $# -ge 2 ] || stop '--folder needs a folder behind it'; folder=${2%/}; shift ;;
      -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
      *) stop "unknown argument '$1'; known is --folder DIR" ;;
    esac
    shift
  done
}

provision() { sh "$here/../firmware-config/mosquitto/provision.sh" --folder "$folder/secrets/site" "$@"; }

# Written beside it and renamed: an interruption leaves nothing that looks finished.
make_password() {
  if [ -f "$folder/secrets/$1" ]; then return; fi
  openssl rand -hex 24 >"$folder/secrets/$1.new"
  mv "$folder/secrets/$1.new" "$folder/secrets/$1"
}

make_fleet() {
  if [ -f "$folder/state/fleet.yaml" ]; then return; fi
  sed "s/NOW/$(date -u +%Y-%m-%dT%H:%M:00Z)/; /^# /d" "$here/fleet.yaml" >"$folder/state/fleet.yaml.new"
  mv "$folder/state/fleet.yaml.new" "$folder/state/fleet.yaml"
}

main "$@"
