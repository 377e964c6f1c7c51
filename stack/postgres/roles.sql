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

CREATE DATABASE tasks OWNER tasks_owner;
REVOKE ALL ON DATABASE tasks FROM PUBLIC;
GRANT CONNECT ON DATABASE tasks TO task_api, postgres_exporter, grafana_reader;

CREATE EXTENSION pg_stat_statements;
\connect tasks
CREATE EXTENSION pg_stat_statements;
-- Tables are the migrations' business: the API reads and writes rows, and changes no table.
ALTER DEFAULT PRIVILEGES FOR ROLE tasks_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO task_api;
ALTER DEFAULT PRIVILEGES FOR ROLE tasks_owner GRANT USAGE ON SEQUENCES TO task_api;

-- Dashboards read the tasks and nothing else of ours; the table comes later, by a migration.
CREATE FUNCTION grant_to_grafana_reader() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF to_regclass('public.tasks') IS NOT NULL THEN
    GRANT SELECT ON public.tasks TO grafana_reader;
  END IF;
END $$;
CREATE EVENT TRIGGER grant_to_grafana_reader ON ddl_command_end WHEN TAG IN ('CREATE TABLE')
  EXECUTE FUNCTION grant_to_grafana_reader();
