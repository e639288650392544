"""What the words of an imported file meant is kept with its batch. Who reaches it is of the row (0004)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0019_days_of_meetings_are_the_tables_own"),)
    operations = (migrations.AddField("importbatch", "words", models.JSONField(blank=True, default=dict)),)
