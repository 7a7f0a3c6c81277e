"""Each change of a synonym, by whatever way, gives the edition a new number and the kept pages a new generation."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE search_synonym_edition;
CREATE FUNCTION search_synonyms_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_synonymedition (id, number) VALUES (1, nextval('search_synonym_edition'))
    ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
CREATE TRIGGER synonyms_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON search_synonym
    FOR EACH STATEMENT EXECUTE FUNCTION search_synonyms_changed();
CREATE TRIGGER note_reference_change AFTER INSERT OR UPDATE OR DELETE ON search_synonym
    FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
"""
BACK = """
DROP TRIGGER note_reference_change ON search_synonym;
DROP FUNCTION search_synonyms_changed CASCADE;
DROP SEQUENCE search_synonym_edition;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_synonyms"), ("publications", "0003_reference_triggers")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
