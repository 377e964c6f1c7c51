#!/bin/sh
# Runs once before everything else: makes the secrets that are missing, and sees to it that each part can write to its
# own volume and read its own secrets only. Root with three capabilities; no network.
set -eu
umask 077
secrets=${SECRETS:-/secrets}

fail() {
  echo "init: $1" >&2
  exit 1
}

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# keep PATH: writes standard input there unless something stands there already. A half-written secret is never seen.
keep() {
  [ ! -s "$secrets/$1" ] || return 0
  cat >"$secrets/$1.new"
  mv "$secrets/$1.new" "$secrets/$1"
  echo "init: made $1"
}

# owned FOLDER UID: belongs to UID afterwards, or the start ends here.
owned() {
  [ -d "$1" ] || return 0
  owner=$(stat -c %u "$1")
  [ "$owner" != "$2" ] || return 0
  content=$(find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found | head -n 1)
  if [ -n "$content" ] && [ "$owner" != 0 ]; then
    fail "the volume at $1 belongs to user $owner, but its service runs as $2 and could not write there. If the data is yours, hand it over: docker run --rm -v VOLUME:$1 IMAGE chown -R $2:$2 $1; else remove the volume."
  fi
  chown -R "$2:$2" "$1"
}

# readable FOLDER GID: its secrets are read by one group and written by nobody but us.
readable() {
  chown -R "0:$2" "$secrets/$1"
  chmod 0750 "$secrets/$1"
  find "$secrets/$1" -type f -exec chmod 0440 {} +
}

for part in postgres migrate api postgres-exporter grafana alertmanager; do
  mkdir -p "$secrets/$part"
done

random | keep postgres/superuser-password
random | keep postgres/owner-password
random | keep postgres/api-password
random | keep postgres/exporter-password
random | keep postgres/grafana-password
random | keep api/token
random | keep grafana/admin-password
keep migrate/database-url <<URL
postgres://tasks_owner:$(cat "$secrets/postgres/owner-password")@postgres:5432/tasks
URL
keep api/database-url <<URL
postgres://task_api:$(cat "$secrets/postgres/api-password")@postgres:5432/tasks
URL
cp "$secrets/postgres/exporter-password" "$secrets/postgres-exporter/password"
cp "$secrets/postgres/grafana-password" "$secrets/grafana/postgres-password"
# Not random: whoever sets another receiver gets it at the next start.
printf '%s' "${ALERT_WEBHOOK_URL:?}" >"$secrets/alertmanager/webhook-url"

chmod 0711 "$secrets"
readable postgres 999
readable migrate 1000
# k6 sends the token, so its group reads it as well as the API's.
readable api 1000
readable postgres-exporter 65534
readable grafana 472
readable alertmanager 65534

owned /var/lib/postgresql 999
owned /prometheus 65534
owned /alertmanager 65534
owned /var/lib/grafana 472
echo "init: secrets and volumes are in place"
