"""Uses, questions, the cooperation board, messages and snapshots give the kept pages a new generation when they change;
a snapshot of the evidence map is never changed nor deleted.
"""

from django.db import migrations

NOTED = (
    "evidence_use",
    "evidence_use_findings",
    "evidence_question",
    "evidence_answerfinding",
    "evidence_opportunity",
    "evidence_opportunity_pmks",
    "evidence_opportunity_provinces",
    "evidence_topicmessage",
    "evidence_snapshot",
)
KEPT = ("evidence_snapshot", "evidence_snapshotfile")
NOTE = "".join(
    f"""
CREATE TRIGGER note_reference_change AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();"""
    for table in NOTED
)
KEEP = """
CREATE FUNCTION evidence_snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a snapshot of the evidence map never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER snapshot_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION evidence_snapshot_stays();"""
    for table in KEPT
)
BACK = "".join(f"DROP TRIGGER note_reference_change ON {table};" for table in NOTED)
BACK += "DROP FUNCTION evidence_snapshot_stays CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_use_and_questions")]
    operations = [migrations.RunSQL(NOTE + KEEP, BACK)]
