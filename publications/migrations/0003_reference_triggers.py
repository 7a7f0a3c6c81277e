from django.db import migrations

TABLES = [
    "taxonomy_cluster",
    "taxonomy_pasgroup",
    "taxonomy_atensicluster",
    "taxonomy_pmks",
    "taxonomy_pmks_other_clusters",
    "taxonomy_pmks_atensi_clusters",
    "taxonomy_psks",
    "taxonomy_pillar",
    "taxonomy_service",
    "taxonomy_province",
    "taxonomy_outputtype",
    "taxonomy_method",
    "taxonomy_licence",
    "accounts_person",
    "accounts_organisation",
]
FUNCTION = """
CREATE FUNCTION note_reference_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO publications_referencechange DEFAULT VALUES;
    RETURN NULL;
END $$
"""


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER note_reference_change AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change()",
        f"DROP TRIGGER note_reference_change ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("publications", "0002_reference_changes"),
        ("taxonomy", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION note_reference_change()"),
        *(trigger(table) for table in TABLES),
    ]
