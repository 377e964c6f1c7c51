-- The database and who may do what in it. :database is its name: a restored one is made beside the one in use.
CREATE DATABASE :"database" OWNER tasks_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO task_api, postgres_exporter, grafana_reader;

\connect :"database"
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
