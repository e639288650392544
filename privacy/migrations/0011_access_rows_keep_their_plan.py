"""The access state's row policy asks for seats through functions with a kept plan; the rule is unchanged."""

from django.db import migrations

from privacy.rowpolicies import alter, visible_state, visible_state_kept


class Migration(migrations.Migration):
    dependencies = (
        ("privacy", "0010_safe_contact_outlives_its_author"),
        ("agencies", "0005_seats_are_read_with_a_kept_plan"),
    )
    operations = (
        migrations.RunSQL(
            alter("privacy_accessstate", visible_state_kept()), alter("privacy_accessstate", visible_state())
        ),
    )
