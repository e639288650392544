"""Agencies say that they should be involved, by code. Who may see the item sees it; the door takes it away (R15, R17)."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from privacy.rowpolicies import disable, enable, follows

_TABLE = "situations_offer"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0009_sign_ins_are_ones_own_and_end_with_the_account"),
        ("situations", "0010_the_meeting_knows_its_item"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "necessity",
                    models.CharField(
                        choices=[
                            ("brought_it", "It brought the situation and discloses"),
                            ("provides_service", "It provides a service this situation needs"),
                            ("known_expertise", "It has the expertise this harm calls for"),
                            ("legal_duty", "It has a legal duty here"),
                            ("cultural_support", "It can offer support in the person's language or culture"),
                            ("offered", "It said it should be involved"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="situations.situation"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("situation", "agency"), name="agency_offers_once")],
            },
        ),
        migrations.RunSQL(
            enable(_TABLE, follows("situations_situation", "id", "situation_id"), worker=True), disable(_TABLE)
        ),
    ]
