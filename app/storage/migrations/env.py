"""Alembic's entry point: always on the connection that `app.storage.schema` holds locked."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=False)
context.run_migrations()
