-- Who may do what. The passwords are read here: an argument of psql could be seen by others.
\set owner `cat /secrets/postgres/owner-password`
\set api `cat /secrets/postgres/api-password`
\set exporter `cat /secrets/postgres/exporter-password`
\set grafana `cat /secrets/postgres/grafana-password`

CREATE ROLE tasks_owner LOGIN PASSWORD :'owner';
CREATE ROLE task_api LOGIN PASSWORD :'api' CONNECTION LIMIT 60;
CREATE ROLE postgres_exporter LOGIN PASSWORD :'exporter' CONNECTION LIMIT 5 IN ROLE pg_monitor;
CREATE ROLE grafana_reader LOGIN PASSWORD :'grafana' CONNECTION LIMIT 5 IN ROLE pg_read_all_stats;
ALTER ROLE grafana_reader SET default_transaction_read_only = on;
ALTER ROLE grafana_reader SET statement_timeout = '10s';

CREATE EXTENSION pg_stat_statements;
\set database tasks
\ir database.sql
