#!/usr/bin/env bash
# Builds the solution once and runs every suite under tests/. The last line says: N passed, N failed, N skipped.
#
#   ./test.sh              leaves out, by name, the tests whose programs or data are missing on this machine
#   ./test.sh --install    installs the missing programs first (Debian, as root; CI=true implies it there)
#   ./test.sh --complete   fails when a test was left out or skipped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
PATH="$PATH:/usr/sbin"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
# What is run here is short: 64 MiB before the first collection, and no time spent on watching how to compile best, a third less for the build.
export DOTNET_GCgen0size=0x4000000 DOTNET_TieredPGO=0

# What a test may need, as in [Trait("Needs", "mosquitto")]: the programs that show that it is there, and Debian's packages.
declare -A programs=(
  [mosquitto]="mosquitto mosquitto_pub mosquitto_sub mosquitto_passwd openssl"
  [chromium]="chromium"
  [influxdb]="influxd influx"
  [compose]="docker-compose"
  [strace]="strace"
  [paho]="/usr/bin/python3"
  [smtp]="/usr/bin/python3"
  [python]="/usr/bin/python3"
  [mqttjs]="node npm"
  [unzip]="unzip /usr/bin/python3 openssl sha256sum"
  [axe]="npm"
  [recording]=""
)
declare -A packages=(
  [mosquitto]="mosquitto mosquitto-clients openssl"
  [chromium]="chromium fonts-dejavu-core"
  [influxdb]="influxdb influxdb-client"
  [compose]="docker-compose"
  [strace]="strace"
  [paho]="python3 python3-paho-mqtt"
  [smtp]="python3 python3-aiosmtpd"
  [python]="python3"
  [mqttjs]=""
  [unzip]="unzip python3 openssl"
  [axe]=""
  [recording]=""
)
recording=../shared/data/fridge-tag-2l

# Seconds on a machine with two cores, for those beside the others as well. Over budget is a warning: a slow machine is no defect.
declare -A budget=([Tidy]=300 [Core]=360 [Hosting]=60 [Mqtt]=120 [Edge]=60 [Fuzz]=90 [Server]=240 [EndToEnd]=420 [Scenarios]=540 [Crashes]=600 [Browser]=300 [Simulation]=1200 [Torture]=540)

# These run beside the others. What never waits for the machine's clock takes, at the lowest priority, what the others leave of the two cores;
# Torture waits for most of its time, and has a turn like any other.
beside=(Torture Simulation Core Scenarios Tidy Crashes)
declare -A priority=([Torture]=0)

results=artifacts/test-results
install=no complete=no
left_out_needs=() table=()
passed=0 failed=0 skipped=0
declare -A beside_job=()

main() {
  read_arguments "$@"
  require dotnet "Install the .NET SDK that global.json names."
  require npm "Install Node.js: the server's build fetches the assets of its pages."
  dotnet --version >/dev/null # speaks for itself when no SDK fits global.json
  if [[ $install == yes ]]; then install_missing; fi
  find_left_out
  build
  rm -rf "$results"
  start_beside
  for project in tests/*/*.csproj; do
    if [[ " ${beside[*]} " != *" $(suite_of "$project") "* ]]; then run_suite "$project"; fi
  done
  finish_beside
  report
}

read_arguments() {
  if [[ ${CI:-} == true ]] && is_debian_root; then install=yes; fi
  for argument in "$@"; do
    case $argument in
      --install) is_debian_root || stop "--install works on Debian as root. Install by hand: ${packages[*]}"; install=yes ;;
      --complete) complete=yes ;;
      -h | --help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
      *) stop "unknown argument '$argument'. Known: --install, --complete, --help." ;;
    esac
  done
}

say() { echo "test.sh: $*"; }
stop() { say "$*" >&2; exit 2; }
require() { command -v "$1" >/dev/null || stop "there is no $1. $2"; }
is_debian_root() { [[ -e /etc/debian_version && $(id -u) == 0 ]]; }

# What is missing of a need, in words; empty when it is there.
missing_of() {
  for program in ${programs[$1]}; do command -v "$program" >/dev/null || echo "$program"; done
  case $1 in
    recording) compgen -G "$recording/*.txt" >/dev/null || echo "$recording" ;;
    paho) /usr/bin/python3 -c 'import paho.mqtt' 2>/dev/null || echo "Python's paho" ;;
    smtp) /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || echo "Python's aiosmtpd" ;;
    mqttjs) fetch_npm tests/Mqtt/Interop/mqttjs || echo "the npm package mqtt, which npm could not fetch" ;;
    axe) fetch_npm tests/Browser/axe || echo "the npm package axe-core, which npm could not fetch" ;;
  esac
}

# Only package.json and the lock file, which pins the hashes, are committed. Fetched again when those have changed.
fetch_npm() {
  local folder=$1
  [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] ||
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --fetch-retries 1 --fetch-timeout 30000 >/dev/null 2>&1
}

# A subshell, so that its trap ends with it. A package that brings a service would start it: the policy forbids that meanwhile.
install_missing() (
  missing=()
  for need in "${!programs[@]}"; do
    if [[ -n $(missing_of "$need") ]]; then missing+=(${packages[$need]}); fi
  done
  if [[ ${#missing[@]} == 0 ]]; then exit; fi
  say "installing ${missing[*]}"
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}"
  # Tests start brokers and databases of their own: the service of a package that was not here before is not left listening.
  if [[ " ${missing[*]} " == *" mosquitto "* ]]; then update-rc.d mosquitto disable && service mosquitto stop; fi
  if [[ " ${missing[*]} " == *" influxdb "* ]]; then update-rc.d influxdb disable && service influxdb stop; fi
)

find_left_out() {
  local missing
  for need in "${!programs[@]}"; do
    missing=$(missing_of "$need")
    [[ -z $missing ]] && continue
    left_out_needs+=("$need")
    say "missing:" $missing "- tests that need $need are left out${packages[$need]:+ (--install brings: ${packages[$need]})}"
  done
}

build() {
  local locked=()
  [[ ${CI:-} == true ]] && locked=(--locked-mode)
  dotnet restore ColdChain.sln "${locked[@]}" -v q
  # One compiler for all projects, also where the machine's settings say one for each: that takes twice as long.
  dotnet build ColdChain.sln -c Release --no-restore --nologo -v q -p:UseSharedCompilation=true
}

suite_of() { basename "$(dirname "$1")"; }
project_of() { echo "tests/$1/ColdChain.$1.Tests.csproj"; }

run_suite() {
  local project=$1 suite left_out=0 status=0 start=$SECONDS
  suite=$(suite_of "$project")
  echo "== $suite"
  if [[ ${#left_out_needs[@]} != 0 ]]; then count_left_out "$project"; fi
  test_suite "$project" 5m || status=$?
  count "$suite" "$results/$suite.trx" "$status" "$left_out" $((SECONDS - start))
  grep -ho 'sizes: [^<]*' "$results/$suite.trx" 2>/dev/null || true
}

test_suite() {
  local project=$1 hangs_after=$2
  dotnet test "$project" -c Release --no-build --nologo --results-directory "$results" --logger "trx;LogFileName=$(suite_of "$project").trx" \
    --blame-hang-timeout "$hangs_after" --blame-hang-dump-type none ${left_out_needs[0]:+--filter "$(filter '!=' '&')"}
}

start_beside() {
  mkdir -p "$results"
  trap 'for job in $(jobs -p); do pkill -P "$job" || true; done' EXIT
  local suite
  for suite in "${beside[@]}"; do
    (
      status=0 start=$SECONDS
      renice -n "${priority[$suite]:-19}" -p "$BASHPID" >/dev/null
      test_suite "$(project_of "$suite")" 20m || status=$?
      echo $((SECONDS - start)) >"$results/$suite.seconds"
      exit "$status"
    ) >"$results/$suite.log" 2>&1 &
    beside_job[$suite]=$!
  done
}

finish_beside() {
  local suite status left_out
  for suite in "${beside[@]}"; do
    echo "== $suite"
    status=0 left_out=0
    if [[ ${#left_out_needs[@]} != 0 ]]; then count_left_out "$(project_of "$suite")"; fi
    wait "${beside_job[$suite]}" || status=$?
    cat "$results/$suite.log"
    count "$suite" "$results/$suite.trx" "$status" "$left_out" "$(cat "$results/$suite.seconds")"
  done
}

# The needs that are missing here as a filter: joined with the sign and the connection given.
filter() {
  local text=
  for need in "${left_out_needs[@]}"; do text+="${text:+$2}Needs$1$need"; done
  echo "$text"
}

count_left_out() {
  local names
  names=$(dotnet test "$1" -c Release --no-build --nologo --list-tests --filter "$(filter '=' '|')" | sed -n 's/^    \([^ (]*\).*/\1/p')
  [[ -z $names ]] && return
  left_out=$(wc -l <<<"$names")
  sed 's/\.[^.]*$//' <<<"$names" | sort | uniq -c | while read -r number class; do say "left out: $class ($number tests)"; done
}

# Sums one suite. A run that ended badly without a failed test (a crash, a hang) counts as one failure, and so does a suite without tests.
count() {
  local suite=$1 trx=$2 status=$3 left_out=$4 seconds=$5 total good bad=0 warning=
  total=$(counter "$trx" total) good=$(counter "$trx" passed)
  for outcome in failed error timeout aborted; do bad=$((bad + $(counter "$trx" "$outcome"))); done
  if ((status != 0 && bad == 0)); then say "$suite ended with exit code $status and no failed test"; bad=1 total=$((total + 1)); fi
  if ((total + left_out == 0)); then say "$suite has no tests"; bad=1 total=1; fi
  local idle=$((total - good - bad + left_out))
  if ((seconds > ${budget[$suite]:-60})); then warning="  over budget"; fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + idle))
  table+=("$(printf '%-12s %7d %7d %8d %8d %7d%s' "$suite" "$good" "$bad" "$idle" "$seconds" "${budget[$suite]:-60}" "$warning")")
}

counter() {
  local number
  number=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null | grep -o " $2=\"[0-9]*\"" | tr -dc 0-9) || true
  echo "${number:-0}"
}

report() {
  echo
  printf '%-12s %7s %7s %8s %8s %7s\n' suite passed failed skipped seconds budget
  printf '%s\n' "${table[@]}"
  if [[ $complete == yes && $skipped -gt 0 ]]; then say "not complete: $skipped tests were left out or skipped"; fi
  echo "$passed passed, $failed failed, $skipped skipped"
  [[ $failed == 0 && ($complete == no || $skipped == 0) ]]
}

main "$@"
