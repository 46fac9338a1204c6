#!/bin/sh
# Makes the database and its three users in an InfluxDB 1.x that asks who is there. A second run sets the passwords again, and changes
# nothing else.
#
#   users.sh HOST PORT FOLDER    the folder holds the passwords: influx-admin, influx-server, influx-grafana
set -eu

host=$1 port=$2 folder=$3
database=coldchain

# Statements come over standard input and passwords from the environment: neither is seen in the list of processes.
ask() { influx -host "$host" -port "$port"; }
as_admin() { INFLUX_USERNAME=admin INFLUX_PASSWORD=$(password admin) ask; }
stop() { echo "users.sh: $1" >&2; exit 1; }

password() {
  text=$(cat "$folder/influx-$1")
  case $text in
    '' | *[!A-Za-z0-9]*) stop "the password in $folder/influx-$1 is not of letters and digits alone; make it with deploy/setup.sh" ;;
  esac
  echo "$text"
}

# Until there is an administrator, anybody may make one; afterwards only the administrator gets in.
make_admin() { echo "CREATE USER admin WITH PASSWORD '$(password admin)' WITH ALL PRIVILEGES" | ask; }

make_user() { echo "CREATE USER \"$1\" WITH PASSWORD '$(password "$2")'" | as_admin; }

set_up() {
  as_admin <<STATEMENTS
CREATE DATABASE $database;
SET PASSWORD FOR "coldchain-server" = '$(password server)';
SET PASSWORD FOR "grafana" = '$(password grafana)';
GRANT ALL ON $database TO "coldchain-server";
GRANT READ ON $database TO "grafana";
SHOW GRANTS FOR "grafana"
STATEMENTS
}

for name in admin server grafana; do password "$name" >/dev/null; done

# Refused where the user exists already. Whether all three are there, and ours, is seen after that.
make_admin >/dev/null 2>&1 || true
make_user coldchain-server server >/dev/null 2>&1 || true
make_user grafana grafana >/dev/null 2>&1 || true

# InfluxDB answers an error in words, and its client may end well all the same: what counts is the grant that it shows.
answer=$(set_up 2>&1) || true
case $answer in
  *"$database"*READ*) echo "The database $database and its users are there." ;;
  *) stop "InfluxDB at $host:$port did not make the users: $answer" ;;
esac
