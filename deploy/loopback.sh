#!/usr/bin/env bash
# Starts on this machine what docker-compose.yml starts in containers, with the same configuration files: mosquitto and InfluxDB from
# Debian's packages, the server, two simulated devices. Only on loopback, on free ports, with secrets of its own. Grafana is not in Debian 12.
#
#   deploy/loopback.sh                 runs until Ctrl-C, and says where the pages are
#   deploy/loopback.sh --check         ends by itself: 0 when readings of both devices arrived in InfluxDB through mosquitto, otherwise 1
#   deploy/loopback.sh --folder DIR    keeps everything in DIR and goes on there; without it, a temporary folder is used and removed
#   deploy/loopback.sh --programs DIR  takes server and edge from there instead of building them
set -euo pipefail
PATH="$PATH:/usr/sbin"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
devices=(edge-1 edge-2)
patience=120 # seconds, for each program to answer and for the readings to arrive
stop_within=20

folder='' keep=no check=no programs=''
declare -A pids=()
declare -A ports=()

main() {
  read_arguments "$@"
  for program in dotnet mosquitto mosquitto_passwd influxd influx openssl; do
    command -v "$program" >/dev/null || stop "there is no $program. Install the .NET SDK, and Debian's packages mosquitto, influxdb, influxdb-client and openssl."
  done
  if [[ -z $programs ]]; then build_programs; fi
  if [[ -z $folder ]]; then folder=$(mktemp -d); else keep=yes; mkdir -p "$folder"; folder=$(cd "$folder" && pwd); fi
  trap finish EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  sh "$here/setup.sh" --folder "$folder" >"$folder/setup.log" || stop "setup.sh failed: $(tail -n 5 "$folder/setup.log")"
  secrets=$folder/secrets state=$folder/state
  start_influxdb
  start_mosquitto
  start_server
  for device in "${devices[@]}"; do start_edge "$device"; done
  await_readings
  say "pages: http://localhost:${ports[pages]}   API token: in $state/server/api-token"
  if [[ $check == yes ]]; then return; fi
  say "running until Ctrl-C; logs and data are in $folder"
  wait -n "${pids[@]}" || true
  stop "a program ended by itself; see the logs in $folder" # Only Ctrl-C ends it in order.
}

read_arguments() {
  while (($# > 0)); do
    case $1 in
      --check) check=yes ;;
      --programs) (($# >= 2)) || stop '--programs needs a folder behind it'; programs=$2; shift ;;
      --folder) (($# >= 2)) || stop '--folder needs a folder behind it'; folder=$2; shift ;;
      -h | --help) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
      *) stop "unknown argument '$1'; known are --check, --folder DIR and --programs DIR" ;;
    esac
    shift
  done
}

say() { echo "loopback.sh: $*"; }
stop() { say "$*" >&2; exit 1; }

build_programs() {
  say 'building server and edge'
  for project in server edge; do dotnet build "$root/$project" -c Release --nologo -v q >&2 || stop "$project does not build"; done
}

# --- programs -----------------------------------------------------------------------------------------------------------------------------

start_influxdb() {
  free_port influxdb
  free_port influxdb_backup
  sed -e "s#/var/lib/influxdb#$state/influxdb#; s#\":8086\"#\"127.0.0.1:${ports[influxdb]}\"#; s#127.0.0.1:8088#127.0.0.1:${ports[influxdb_backup]}#" \
    "$here/influxdb/influxdb.conf" >"$folder/influxdb.conf"
  start influxdb influxd -config "$folder/influxdb.conf"
  await influxdb 'answers' is_open "${ports[influxdb]}"
  await influxdb 'has its users' make_users
}

make_users() { sh "$here/influxdb/users.sh" 127.0.0.1 "${ports[influxdb]}" "$secrets" >"$folder/users.log" 2>&1; }

start_mosquitto() {
  local listeners='' port
  for port in 8883 8884 8885; do
    free_port "$port"
    listeners+="s#^listener $port\$#listener ${ports[$port]} 127.0.0.1#; "
  done
  # Started as root it would become another user, who may not read the secrets.
  { sed -e "s#/etc/mosquitto/#$secrets/site/mosquitto/#; $listeners" "$secrets/site/mosquitto/mosquitto.conf"; echo "user $(id -un)"; } >"$folder/mosquitto.conf"
  start mosquitto mosquitto -c "$folder/mosquitto.conf"
  await mosquitto 'answers' is_open "${ports[8883]}"
}

start_server() {
  free_port pages
  COLDCHAIN_DATA=$state/server COLDCHAIN_FLEET=$state/fleet.yaml COLDCHAIN_HTTP__LISTEN=127.0.0.1:${ports[pages]} \
    COLDCHAIN_BROKER__PORT=${ports[8884]} COLDCHAIN_BROKER__CAFILE=$secrets/site/server/ca.pem \
    COLDCHAIN_BROKER__PASSWORDFILE=$secrets/site/server/broker-password \
    COLDCHAIN_INFLUX__ADDRESS=http://127.0.0.1:${ports[influxdb]} COLDCHAIN_INFLUX__PASSWORDFILE=$secrets/influx-server \
    start server dotnet "${programs:-$root/server/bin/Release/net10.0}/ColdChain.Server.dll" serve --config "$here/server.yaml"
  await server 'answers' is_healthy
}

start_edge() {
  COLDCHAIN_EDGE_BROKER__PORT=${ports[8883]} COLDCHAIN_EDGE_BROKER__CAFILE=$secrets/site/devices/$1/ca.pem \
    COLDCHAIN_EDGE_BROKER__PASSWORDFILE=$secrets/site/devices/$1/broker-password COLDCHAIN_EDGE_OUTBOX__PATH=$state/$1/outbox.db \
    start "$1" dotnet "${programs:-$root/edge/bin/Release/net10.0}/ColdChain.Edge.dll" --config "$here/$1.yaml"
}

await_readings() {
  for device in "${devices[@]}"; do await "$device" 'has readings in InfluxDB' has_readings "$device"; done
}

# As Grafana would ask: the user who may read.
has_readings() {
  local count
  count=$(INFLUX_USERNAME=grafana INFLUX_PASSWORD=$(<"$secrets/influx-grafana") influx -host 127.0.0.1 -port "${ports[influxdb]}" -database coldchain -format csv \
    -execute "SELECT count(celsius) FROM temperature WHERE device = '$1'" | tail -n 1 | cut -d , -f 3)
  [[ $count =~ ^[1-9] ]]
}

is_healthy() {
  (exec 3<>"/dev/tcp/127.0.0.1/${ports[pages]}" && printf 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3 && grep -q '"status":' <&3) 2>/dev/null
}

# --- parts --------------------------------------------------------------------------------------------------------------------------------

start() {
  local name=$1
  shift
  "$@" >>"$folder/$name.log" 2>&1 &
  pids[$name]=$!
}

# Waits for a condition, as long as the program runs.
await() {
  local name=$1 what=$2 end=$((SECONDS + patience))
  shift 2
  until "$@"; do
    kill -0 "${pids[$name]}" 2>/dev/null || stop "$name ended: $(tail -n 5 "$folder/$name.log")"
    ((SECONDS < end)) || stop "within $patience s it is not so that $name $what: $(tail -n 5 "$folder/$name.log")"
    sleep 0.2
  done
  say "$name $what"
}

# Below those that the system gives to clients: none of these takes it before the program does.
free_port() {
  local port
  while :; do
    port=$((RANDOM % 12000 + 18000))
    if ! is_open "$port" && [[ " ${ports[*]} " != *" $port "* ]]; then break; fi
  done
  ports[$1]=$port
}

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Each by its process id, the devices first, so that they say good-bye while the others listen.
finish() {
  local code=$?
  trap '' INT TERM
  for name in "${devices[@]}" server mosquitto influxdb; do
    if [[ -n ${pids[$name]:-} ]]; then end "${pids[$name]}"; fi
  done
  if [[ $keep == no ]]; then rm -rf "$folder"; fi
  exit "$code"
}

end() {
  local until=$((SECONDS + stop_within))
  kill -TERM "$1" 2>/dev/null || true
  while kill -0 "$1" 2>/dev/null && ((SECONDS < until)); do sleep 0.1; done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

main "$@"
