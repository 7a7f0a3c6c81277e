"""Each change of a collection, by whatever way, gives the kept pages a new generation."""

from django.db import migrations

TABLES = ("search_collection", "search_collectionitem", "search_formerslug")
FORWARD = "".join(
    f"""
CREATE TRIGGER note_reference_change AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
"""
    for table in TABLES
)
BACK = "".join(f"DROP TRIGGER note_reference_change ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_alerts_and_collections"), ("publications", "0003_reference_triggers")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
