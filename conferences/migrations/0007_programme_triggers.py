from importlib import import_module

from django.db import migrations

trigger = import_module("conferences.migrations.0002_triggers").trigger
# What anonymous readers see of the programme, the registration and the proceedings.
TABLES = [
    "conferences_schedule",
    "conferences_material",
    "conferences_registrationterms",
    "conferences_volume",
    "conferences_volumeeditor",
    "conferences_volumepaper",
]


class Migration(migrations.Migration):
    dependencies = [("conferences", "0006_programme_registration_proceedings")]

    operations = [trigger(table) for table in TABLES]
