"""Codes never disappear: the database refuses to delete a term or to change its code."""

from django.db import migrations

TABLES = (
    "atensicluster",
    "cluster",
    "licence",
    "method",
    "outputtype",
    "pasgroup",
    "pillar",
    "pmks",
    "province",
    "psks",
    "service",
)

FUNCTION = """
CREATE FUNCTION taxonomy_term_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a term of % never disappears and its code never changes; retire it', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGERS = "".join(
    f"""
CREATE TRIGGER term_not_deleted BEFORE DELETE ON taxonomy_{table}
    FOR EACH ROW EXECUTE FUNCTION taxonomy_term_stays();
CREATE TRIGGER term_code_kept BEFORE UPDATE OF code ON taxonomy_{table}
    FOR EACH ROW WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION taxonomy_term_stays();
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0002_english_texts")]
    operations = [
        migrations.RunSQL(FUNCTION + TRIGGERS, "DROP FUNCTION taxonomy_term_stays CASCADE;"),
    ]
