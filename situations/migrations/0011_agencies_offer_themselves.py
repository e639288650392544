"""Agencies say that they should be involved, by code. Who may see the item sees it; the door takes it away (R15, R17)."""

from django.conf import settings
from django.db import migrations

from privacy.rowpolicies import disable, enable, follows

_TABLE = "situations_offer"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_sign_ins_are_ones_own_and_end_with_the_account"),
        ("situations", "0009_operations_are_counted_for_who_sees_no_row"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            enable(_TABLE, follows("situations_situation", "id", "situation_id"), worker=True), disable(_TABLE)
        ),
    ]
