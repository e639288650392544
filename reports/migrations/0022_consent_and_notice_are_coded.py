"""Of a discussion: what came of asking for consent, and whether its notices were sent in time. Two codes; '' not recorded.

Who reaches them is of the row (0002). Rejected, withdrawn and stopped before the door they are empty, as the six groups.
"""

from django.db import migrations, models
from django.db.models import Q

_CONSENT = (
    ("obtained", "Consent obtained"),
    ("not-obtained", "Consent not obtained: refused, withdrawn or not sought"),
)
_NOTICE = (
    ("on-time", "Notices sent on time"), ("late", "A notice sent late"),
    ("excused", "No notice sent, for a recorded reason"), ("not-owed", "No notice owed"),
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = (("reports", "0021_words_of_a_batch_are_the_recorders"),)
    operations = (
        migrations.AddField(
            "codedrecord", "consent", models.CharField(blank=True, choices=_CONSENT, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            "codedrecord", "notice", models.CharField(blank=True, choices=_NOTICE, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "codedrecord",
            models.CheckConstraint(
                condition=Q(
                    accepted=True,
                    consent__in=("", *(code for code, _label in _CONSENT)),
                    notice__in=("", *(code for code, _label in _NOTICE)),
                )
                | Q(accepted=False, consent="", notice=""),
                name="asked_only_once_accepted",
            ),
        ),
    )  # fmt: skip
