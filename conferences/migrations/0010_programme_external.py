from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conferences", "0009_certificate_announced")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="external",
                field=models.JSONField(blank=True, default=dict, editable=False),
            )
            for model in ("edition", "programmeitem", "room")
        ),
        # Slides of what is withdrawn vanish, also from pages that are kept.
        migrations.RunSQL(
            "CREATE TRIGGER note_state_change AFTER UPDATE OF state ON conferences_submission FOR EACH ROW"
            " WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_reference_change()",
            "DROP TRIGGER note_state_change ON conferences_submission",
        ),
    ]
