"""The same for outcomes as for all terms: see 0003_terms_stay."""

from django.db import migrations

TRIGGERS = """
CREATE TRIGGER term_not_deleted BEFORE DELETE ON taxonomy_outcome
    FOR EACH ROW EXECUTE FUNCTION taxonomy_term_stays();
CREATE TRIGGER term_code_kept BEFORE UPDATE OF code ON taxonomy_outcome
    FOR EACH ROW WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION taxonomy_term_stays();
"""
BACK = """
DROP TRIGGER term_not_deleted ON taxonomy_outcome;
DROP TRIGGER term_code_kept ON taxonomy_outcome;
"""


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0005_outcomes"), ("taxonomy", "0003_terms_stay")]
    operations = [migrations.RunSQL(TRIGGERS, BACK)]
