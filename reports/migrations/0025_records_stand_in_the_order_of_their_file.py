from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0024_hours_are_kept_with_a_quarter"),)
    operations = (
        migrations.AddIndex(
            model_name="codedrecord",
            index=models.Index(fields=["table", "quarter", "statistics_id"], name="record_in_file_order"),
        ),
    )
