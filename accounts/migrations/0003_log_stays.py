"""The log is append-only: the database refuses to change, delete or empty it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER log_row_stays BEFORE UPDATE OR DELETE ON accounts_logentry
    FOR EACH ROW EXECUTE FUNCTION accounts_log_stays();
CREATE TRIGGER log_stays BEFORE TRUNCATE ON accounts_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_log_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_merges")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION accounts_log_stays CASCADE;")]
