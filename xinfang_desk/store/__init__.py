"""The book file: tables, migrations, history, backups, lock."""
