"""A correction keeps which item it is about, and holds it back from nothing: a draft of that item can be erased (R3)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("situations", "0016_leads_report_at_the_follow_up"),)
    operations = (
        migrations.AlterField(
            model_name="recordcorrection",
            name="item",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="situations.agendaitem",
            ),
        ),
    )
