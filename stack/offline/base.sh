#!/bin/sh
# base.sh ROOT SUITE MIRROR PACKAGES PROGRAMS: a Debian system with these packages (joined by commas), laid out so that
# the official images' paths and user ids hold, whichever of the two a service runs in. Needs root and debootstrap, best
# in a mount and process namespace of its own. PROGRAMS: a folder with bin/node and npm/.
set -eu
root=$1 suite=$2 mirror=$3 packages=$4 programs=$5

# A system that is thrown away if the machine fails needs no syncing to disk, and nobody reads its manuals.
mkdir -p "$root/etc/dpkg/dpkg.cfg.d"
cat >"$root/etc/dpkg/dpkg.cfg.d/image" <<CONF
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/i18n/*
CONF

# Of another suite's name debootstrap may not know yet; its script for unstable serves all. Unsigned: no image.
debootstrap --force-check-gpg --variant=minbase --include="$packages" "$suite" "$root" "$mirror" \
  /usr/share/debootstrap/scripts/sid

mkdir -p "$root/usr/local/lib/node_modules"
cp "$programs/bin/node" "$root/usr/local/bin/node"
cp -R "$programs/npm" "$root/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
chmod 0755 "$root/usr/local/bin/node" "$root/usr/local/lib/node_modules/npm/bin/npm-cli.js"

# What packages made at their installation: databases, logs, lists, texts.
for left in var/cache/apt var/cache/debconf var/cache/ldconfig var/lib/apt/lists var/lib/postgresql var/log \
  etc/postgresql usr/share/doc usr/share/man usr/share/locale; do
  [ ! -d "$root/$left" ] || find "$root/$left" -mindepth 1 -delete
done

# Debian numbers its users as they come; the official images' numbers are those that volumes and secrets belong to.
for file in passwd group shadow gshadow; do
  sed -i -E '/^(postgres|nginx|node|grafana|prometheus):/d' "$root/etc/$file"
done
for id in 999 101 1000 472; do sed -i -E "/^[^:]*:[^:]*:$id:/d" "$root/etc/passwd" "$root/etc/group"; done
add() {
  echo "$1:x:$2:$2::$3:/usr/sbin/nologin" >>"$root/etc/passwd"
  echo "$1:x:$2:" >>"$root/etc/group"
}
add postgres 999 /var/lib/postgresql
add nginx 101 /nonexistent
add node 1000 /home/node
add grafana 472 /nonexistent
chown 999:999 "$root/var/lib/postgresql"

# The official images' paths.
ln -s prometheus-alertmanager "$root/usr/bin/alertmanager"
ln -s prometheus-node-exporter "$root/usr/bin/node_exporter"
ln -s prometheus-postgres-exporter "$root/usr/bin/postgres_exporter"
ln -s prometheus-nginx-exporter "$root/usr/bin/nginx-prometheus-exporter"
ln -s /usr/lib/nginx/modules "$root/etc/nginx/modules"

# Nobody in these containers needs to become another user.
find "$root" -xdev -type f -perm /6000 -exec chmod ug-s {} +

for program in prometheus promtool alertmanager amtool node_exporter postgres_exporter nginx-prometheus-exporter \
  nginx node npm curl wget /usr/lib/postgresql/18/bin/postgres /etc/nginx/modules/ngx_http_js_module.so; do
  PATH=/usr/local/bin:/usr/bin:/usr/sbin:/bin chroot "$root" sh -c "command -v $program >/dev/null || test -e $program" ||
    { echo "base.sh: $suite has no $program where it is looked for" >&2; exit 1; }
done
