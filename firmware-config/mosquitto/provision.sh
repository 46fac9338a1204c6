#!/bin/sh
# Makes what a site's broker needs: a certificate authority of its own, certificates, accounts. A second run changes nothing.
#
#   ./provision.sh broker NAME...                  the authority, a broker that answers to these names or addresses, the server's account
#   ./provision.sh device NAME...                  an account with a password for each device
#   ./provision.sh device --certificate NAME...    a certificate for each device instead
#   ./provision.sh remove NAME...                  takes a device's account away, and revokes its certificate
#   ./provision.sh list                            the certificates, and until when they are valid
#
# Everything goes into the folder ./site, or where --folder DIR says. Run it on a computer that is not in the network, and keep the folder
# there: whoever has authority/ca.key can pretend to be the broker or any device.
set -eu
umask 077

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
site=./site certificate=no changed=0
server=coldchain-server
authority_days=7300 # twenty years
days=1825           # five years
renew_days=60       # a certificate with less than this is made anew

main() {
  check_programs
  read_arguments "$@"
  [ -n "$command" ] || stop 'what shall be made? broker, device, remove or list; see --help'
  case $command in
    broker) make_broker ;;
    device) make_devices ;;
    remove) remove_devices ;;
    list) list; return ;;
    *) stop "unknown command '$command'; known are broker, device, remove and list" ;;
  esac
  if [ "$changed" = 0 ]; then echo 'Nothing changed.'; else echo "Done: $changed change(s)."; fi
}

stop() { echo "provision.sh: $1" >&2; exit 2; }
say() { echo "$1"; changed=$((changed + 1)); }

check_programs() {
  command -v openssl >/dev/null || stop "there is no openssl; install Debian's package openssl"
  command -v mosquitto_passwd >/dev/null || stop "there is no mosquitto_passwd; install Debian's package mosquitto"
}

# Names have no spaces, so that a list of them is a text.
read_arguments() {
  command='' names=''
  while [ $# -gt 0 ]; do
    case $1 in
      --folder) [ $# -ge 2 ] || stop '--folder needs a folder behind it'; site=${2%/}; shift ;;
      --certificate) certificate=yes ;;
      -h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
      -*) stop "unknown argument '$1'; known are --folder DIR and --certificate" ;;
      *) if [ -z "$command" ]; then command=$1; else names="$names $1"; fi ;;
    esac
    shift
  done
}

need_names() { [ -n "$names" ] || stop "$command needs at least one name behind it$1"; }

check_device() {
  [ ${#1} -le 64 ] || stop "'$1' is too long for a device's name; it has at most 64 characters"
  case $1 in
    "$server") stop "$server is the server's own account; give the device another name" ;;
    *[!A-Za-z0-9._-]* | [!A-Za-z0-9]*) stop "'$1' is no device's name: letters, digits, '-', '_' and '.', a letter or digit first" ;;
  esac
}

need_authority() { [ -f "$site/authority/ca.key" ] || stop "there is no authority in $site; make it first: ./provision.sh broker NAME"; }

# --- broker ---

make_broker() {
  need_names ': what devices write as host, such as mqtt.hospital.example or 10.0.0.5'
  alternatives=$(alternative_names)
  mkdir -p "$site/authority" "$site/mosquitto" "$site/server"
  make_authority
  copy "$here/mosquitto.conf" mosquitto/mosquitto.conf
  copy "$here/acl" mosquitto/acl
  copy "$site/authority/ca.pem" mosquitto/ca.pem
  copy "$site/authority/ca.pem" server/ca.pem
  if ! answers_to "$alternatives"; then rm -f "$site/mosquitto/broker.pem"; fi
  make_certificate mosquitto/broker.pem mosquitto/broker.key "coldchain broker" \
    "extendedKeyUsage=serverAuth
subjectAltName=$alternatives"
  for file in mosquitto/device-passwords mosquitto/server-passwords authority/revoked; do
    if [ ! -f "$site/$file" ]; then : >"$site/$file"; fi
  done
  if [ ! -f "$site/mosquitto/revoked.pem" ]; then list_revoked; fi
  make_account "$server" mosquitto/server-passwords server/broker-password
}

make_authority() {
  if [ -f "$site/authority/ca.pem" ]; then return; fi
  new_key authority/ca.key
  mv "$site/authority/ca.key.new" "$site/authority/ca.key"
  openssl req -x509 -new -key "$site/authority/ca.key" -sha256 -days "$authority_days" -out "$site/authority/ca.pem.new" \
    -subj "/CN=ColdChain authority $(openssl rand -hex 4)" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign
  keep authority/ca.pem
}

# DNS:a,IP:b as openssl wants it.
alternative_names() {
  list=''
  for name in $names; do
    case $name in
      *[!A-Za-z0-9.:-]*) stop "'$name' is neither a host name nor an address; write it as in the devices' configuration, without a port" ;;
      *[!0-9A-Fa-f:]*:* | *:*[!0-9A-Fa-f:]*) stop "'$name' is neither a host name nor an address; write it as in the devices' configuration, without a port" ;;
      *:*) kind=IP ;; # version 6
      *[!0-9.]*) kind=DNS ;;
      *) kind=IP ;;
    esac
    list="$list${list:+,}$kind:$name"
  done
  echo "$list"
}

answers_to() {
  names_file=$site/authority/broker-names
  if [ -f "$names_file" ] && [ "$(cat "$names_file")" = "$1" ]; then return; fi
  echo "$1" >"$names_file"
  return 1
}

# --- devices ---

make_devices() {
  need_names ', as in the fleet file'
  need_authority
  for name in $names; do check_device "$name"; done
  for name in $names; do
    mkdir -p "$site/devices/$name"
    copy "$site/authority/ca.pem" "devices/$name/ca.pem"
    if [ "$certificate" = yes ]; then
      make_certificate "devices/$name/certificate.pem" "devices/$name/key.pem" "$name" extendedKeyUsage=clientAuth
    else
      make_account "$name" mosquitto/device-passwords "devices/$name/broker-password"
    fi
  done
}

remove_devices() {
  need_names ', as in the fleet file'
  for name in $names; do check_device "$name"; done
  need_authority
  for name in $names; do
    if has_account "$name" mosquitto/device-passwords; then
      mosquitto_passwd -D "$site/mosquitto/device-passwords" "$name"
      rm -f "$site/devices/$name/broker-password"
      say "removed the account of $name"
    fi
    if [ -f "$site/devices/$name/certificate.pem" ]; then revoke "devices/$name/certificate.pem" "devices/$name/key.pem"; fi
  done
}

# An interrupted run has perhaps entered it already.
revoke() {
  serial=$(openssl x509 -in "$site/$1" -noout -serial | cut -d = -f 2)
  if ! grep -q "$serial" "$site/authority/revoked"; then by_authority -revoke "$site/$1"; fi
  list_revoked
  rm "$site/$1" "$site/$2"
  say "revoked $site/$1"
}

list_revoked() {
  by_authority -gencrl -crldays "$authority_days" -out "$site/mosquitto/revoked.pem.new"
  keep mosquitto/revoked.pem
}

# openssl's list of what was revoked needs a configuration.
by_authority() {
  printf '%s\n' '[ca]' 'default_ca = site' '[site]' "database = $site/authority/revoked" 'default_md = sha256' 'unique_subject = no' \
    >"$site/authority/openssl.cnf"
  quietly openssl ca -config "$site/authority/openssl.cnf" -keyfile "$site/authority/ca.key" -cert "$site/authority/ca.pem" -batch "$@"
}

# --- parts ---

# Some commands of openssl talk when all is well.
quietly() {
  "$@" 2>"$site/authority/log" || stop "openssl refused: $(cat "$site/authority/log")"
  rm "$site/authority/log"
}

has_account() { grep -q "^$(echo "$1" | sed 's/\./\\./g'):" "$site/$2" 2>/dev/null; }

# The password itself is written first: when this is interrupted between the two, the next run makes the account from it.
make_account() {
  if [ ! -f "$site/$3" ]; then
    openssl rand -hex 24 >"$site/$3.new"
    keep "$3"
  elif has_account "$1" "$2"; then
    return
  fi
  if has_account "$1" "$2"; then mosquitto_passwd -D "$site/$2" "$1"; fi
  echo "$1:$(cat "$site/$3")" >"$site/$2.line"
  mosquitto_passwd -U "$site/$2.line" # Not on the command line, where every user of this computer could read it.
  cat "$site/$2" "$site/$2.line" >"$site/$2.new"
  rm "$site/$2.line"
  keep "$2"
}

# certificate, key, common name, extensions
make_certificate() {
  if [ -f "$site/$1" ] && openssl x509 -in "$site/$1" -noout -checkend $((renew_days * 86400)) >/dev/null; then return; fi
  new_key "$2"
  openssl req -new -key "$site/$2.new" -subj "/CN=$3" -out "$site/$1.request"
  printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' "$4" >"$site/$1.extensions"
  quietly openssl x509 -req -in "$site/$1.request" -CA "$site/authority/ca.pem" -CAkey "$site/authority/ca.key" -sha256 -days "$days" \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$site/$1.extensions" -out "$site/$1.new"
  rm -f "$site/$1.request" "$site/$1.extensions" "$site/$1" # An old certificate never lies beside a new key.
  mv "$site/$2.new" "$site/$2"
  keep "$1"
}

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$site/$1.new"; }

copy() {
  if [ -f "$site/$2" ]; then return; fi # It may have been edited.
  cp "$1" "$site/$2.new"
  keep "$2"
}

# Written beside it and renamed: an interruption leaves the old file or the new one.
keep() {
  mv "$site/$1.new" "$site/$1"
  say "wrote $site/$1"
}

list() {
  for file in "$site"/authority/ca.pem "$site"/mosquitto/broker.pem "$site"/devices/*/certificate.pem; do
    if [ -f "$file" ]; then echo "$file: $(openssl x509 -in "$file" -noout -enddate | sed 's/notAfter=/valid until /')"; fi
  done
}

main "$@"
