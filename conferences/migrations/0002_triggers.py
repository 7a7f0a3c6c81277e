from django.db import migrations

# What the site of an edition shows: pages kept for anonymous readers are kept only until one of these changes.
TABLES = [
    "conferences_series",
    "conferences_edition",
    "conferences_host",
    "conferences_committeemember",
    "conferences_committeemember_tracks",
    "conferences_track",
    "conferences_track_pmks",
    "conferences_track_pillars",
    "conferences_importantdate",
    "conferences_sitepage",
    "conferences_news",
    "conferences_news_related",
    "conferences_speaker",
    "conferences_sponsor",
    "conferences_photo",
    "conferences_calltheme",
    "conferences_calltemplate",
]


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER note_reference_change AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change()",
        f"DROP TRIGGER note_reference_change ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0001_editions_submissions_reviews"),
        ("publications", "0003_reference_triggers"),
    ]

    operations = [trigger(table) for table in TABLES]
