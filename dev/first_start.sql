-- Made by `python -m dev.bootstrap`; a test compares it. Run by psql as the superuser.
\set ON_ERROR_STOP on
\set owner_password `cat /run/secrets/owner_password`
\set app_password `cat /run/secrets/app_password`
DO $$
DECLARE
    sign_in text;
    narrow text;
BEGIN
    FOREACH sign_in IN ARRAY ARRAY['st_owner', 'st_app'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = sign_in) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', sign_in);
        END IF;
    END LOOP;
    ALTER ROLE st_owner CREATEDB;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'st_vault') THEN
        CREATE ROLE st_vault NOLOGIN;
    END IF;
    GRANT st_vault TO st_owner;
    FOREACH narrow IN ARRAY ARRAY['st_worker', 'st_statistics', 'st_auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = narrow) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', narrow);
        END IF;
        EXECUTE format('GRANT %I TO st_app WITH INHERIT FALSE, SET TRUE', narrow);
    END LOOP;
END $$;
ALTER ROLE st_owner PASSWORD :'owner_password';
ALTER ROLE st_app PASSWORD :'app_password';
CREATE DATABASE st OWNER st_owner;
REVOKE ALL ON DATABASE st FROM PUBLIC;
GRANT CONNECT ON DATABASE st TO st_app;
GRANT CREATE ON DATABASE st TO st_vault;
\connect st
ALTER SCHEMA public OWNER TO st_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO st_app, st_vault, st_worker, st_statistics, st_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE st_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO st_app;
ALTER DEFAULT PRIVILEGES FOR ROLE st_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO st_app;
ALTER DEFAULT PRIVILEGES FOR ROLE st_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE st_vault REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
