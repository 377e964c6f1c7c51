#!/bin/sh
# PostgreSQL with its data in a volume: prepared at the first start, whole or not at all. The same for any image that
# holds PostgreSQL's programs; the official image's own entry point takes no read-only root and no roles of ours.
set -eu
umask 077
PATH=$(for bin in /usr/lib/postgresql/*/bin; do printf '%s:' "$bin"; done)$PATH
export PATH
data=/var/lib/postgresql/data
secrets=/secrets/postgres

if [ ! -s "$data/PG_VERSION" ]; then
  echo "postgres: preparing a new database"
  rm -rf "$data.new"
  initdb --pgdata "$data.new" --username postgres --pwfile "$secrets/superuser-password" \
    --auth-local peer --auth-host scram-sha-256 --encoding UTF8 --locale C.UTF-8 --data-checksums >/dev/null
  pg_ctl --pgdata "$data.new" --wait --log /tmp/prepare.log start \
    --options "-c listen_addresses='' -c unix_socket_directories=/tmp -c shared_preload_libraries=pg_stat_statements" >/dev/null ||
    { cat /tmp/prepare.log >&2; exit 1; }
  psql --host /tmp --username postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file /etc/proving-ground/roles.sql
  pg_ctl --pgdata "$data.new" --wait --mode fast stop >/dev/null
  mv "$data.new" "$data"
fi

version=$(cat "$data/PG_VERSION")
case $(postgres --version) in
*" $version"*) ;;
*)
  echo "postgres: the volume holds data of PostgreSQL $version, this is $(postgres --version): dump it with the old version and restore it (docs/stack.md, Backup)" >&2
  exit 1
  ;;
esac

exec postgres -D "$data" -c config_file=/etc/proving-ground/postgresql.conf -c hba_file=/etc/proving-ground/pg_hba.conf
