"""Of the date of a use the month may be all that is known; until now it was the day or the year."""

from django.db import migrations, models
from django.db.models import Q


def tell_precision(apps, schema_editor):
    apps.get_model("evidence", "Use").objects.filter(date__isnull=False).update(date_precision="day")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_use_triggers")]
    operations = [
        migrations.AddField(
            model_name="use",
            name="date_precision",
            field=models.CharField(
                choices=[("year", "year"), ("month", "month"), ("day", "day")],
                default="year",
                max_length=5,
                verbose_name="precision of the date",
            ),
        ),
        migrations.RunPython(tell_precision, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.CheckConstraint(
                condition=Q(date_precision="year", date=None)
                | Q(date_precision="month", date__day=1)
                | Q(date_precision="day", date__isnull=False),
                name="use_date_as_precise",
            ),
        ),
    ]
