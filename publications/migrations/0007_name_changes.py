"""Change rows for what outputs say through others: a person's or an organisation's names, and who was merged.

Triggers, so that an edit in the admin, a merging or a statement by hand is seen. They look before they write, since
whoever writes a change row keeps the pages of others from being kept meanwhile.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    SELECT array_agg(DISTINCT o.id) INTO changed
      FROM rows_before b JOIN rows_after a USING (id) {contributors}
      JOIN publications_output o ON o.current_id = {version} AND o.state = 'published'
     WHERE {differs};
    IF changed IS NOT NULL THEN
        INSERT INTO publications_change (output_id, at) SELECT unnest(changed), now();
    END IF;
    RETURN NULL;
END $$
"""
NAMED = {
    "accounts_person": ("person_id", "given_name family_name aliases"),
    "accounts_organisation": ("affiliation_id", "name name_en acronym aliases"),
}
# A contributor gets a person when its version is published: that writes a row of its own.
RELINKED = """
    b.person_id IS NOT NULL AND a.person_id IS DISTINCT FROM b.person_id
    OR b.affiliation_id IS NOT NULL AND a.affiliation_id IS DISTINCT FROM b.affiliation_id
"""


def watch(table: str, contributors: str, version: str, differs: str) -> list[migrations.RunSQL]:
    name = f"note_changed_{table}"
    function = FUNCTION.format(name=name, contributors=contributors, version=version, differs=differs)
    trigger = (
        f"CREATE TRIGGER {name} AFTER UPDATE ON {table} REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
    return [
        migrations.RunSQL(function, f"DROP FUNCTION {name}()"),
        migrations.RunSQL(trigger, f"DROP TRIGGER {name} ON {table}"),
    ]


def watch_names(table: str) -> list[migrations.RunSQL]:
    link, columns = NAMED[table]
    before, after = (", ".join(f"{row}.{column}" for column in columns.split()) for row in "ba")
    contributors = f"JOIN publications_contributor c ON c.{link} = a.id"
    return watch(table, contributors, "c.version_id", f"({before}) IS DISTINCT FROM ({after})")


class Migration(migrations.Migration):
    dependencies = [
        ("publications", "0006_sort_title"),
        ("accounts", "0004_shared_cache"),
    ]

    operations = [
        *watch("publications_contributor", "", "a.version_id", RELINKED),
        *watch_names("accounts_person"),
        *watch_names("accounts_organisation"),
    ]
