"""The table in which attempts are counted for all server processes together."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def create_table(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_log_stays")]
    operations = [
        migrations.RunPython(
            create_table, lambda apps, editor: editor.execute("DROP TABLE IF EXISTS kesos_shared_cache")
        )
    ]
