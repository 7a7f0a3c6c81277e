"""What findings say through others: outcomes give the kept pages a new generation when they change, and so do the
names under which people rate and answer. Only a name that differs counts, since accounts are written at each sign-in.
"""

from django.db import migrations

FORWARD = """
CREATE TRIGGER note_reference_change AFTER INSERT OR UPDATE OR DELETE ON taxonomy_outcome
    FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
CREATE TRIGGER note_reference_change AFTER UPDATE OF name, deleted_at ON accounts_user
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
    EXECUTE FUNCTION note_reference_change();
"""
BACK = """
DROP TRIGGER note_reference_change ON taxonomy_outcome;
DROP TRIGGER note_reference_change ON accounts_user;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_findings"),
        ("publications", "0003_reference_triggers"),
        ("taxonomy", "0005_outcomes"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
