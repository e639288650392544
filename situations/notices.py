"""When does a disclosure owe the person a written notice? (R28, R29)"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from agencies.models import Agency
from privacy.models import LegalAuthority
from privacy.vocabulary import NOTICE_OWED, Duty
from situations.intervention import NoticeTask
from situations.scene import Scene

#: Days until a mailed notice is due; "without delay" is due at once. A practice of ours, the statutes set no number.
DAYS = {Duty.MAILED_NOTICE: 30, Duty.WRITTEN_NOTICE: 0}


def owe(scene: Scene, *, authority: LegalAuthority, agency: Agency, subject: int) -> None:
    """Open the notice task an authority demands of the disclosing agency, once an agency, duty and person."""
    duty = Duty(authority.after_duty)
    if duty not in NOTICE_OWED:
        return
    s = scene.situation
    if s.notices.filter(agency=agency, duty=duty, subject=subject, closed_at__isnull=True).exists():
        return
    NoticeTask.objects.create(
        situation=s,
        table_id=s.table_id,
        agency=agency,
        duty=duty,
        authority=authority.code,
        subject=subject,
        due_on=timezone.localdate() + timedelta(days=DAYS[duty]),
    )
