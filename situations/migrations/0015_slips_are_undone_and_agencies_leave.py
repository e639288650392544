"""A sitting meeting keeps its last slips, and until when an agency said it can stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("situations", "0014_records_are_confirmed_and_corrected"),)
    operations = (
        migrations.AddField(
            model_name="meeting",
            name="slips",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="meetingpresence",
            name="leaves_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    )
