#!/usr/bin/env bash
# Runs once, in an empty Postgres container: the two logins of the ledger, and its database.
set -euo pipefail
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    --set owner_password="$LEDGER_OWNER_PASSWORD" --set tenant_password="$LEDGER_TENANT_PASSWORD" <<'SQL'
create role ledger_owner login password :'owner_password';
create role ledger_tenant login password :'tenant_password';
create database ledger owner ledger_owner;
SQL
