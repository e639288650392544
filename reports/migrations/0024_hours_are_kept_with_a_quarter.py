"""A quarter keeps after how many hours its first contacts were. Who reaches it is of the row (0006)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0023_meetings_and_issues_are_kept_with_a_release"),)
    operations = (migrations.AddField("quartercounts", "contact_hours", models.JSONField(default=dict)),)
