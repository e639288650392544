"""What do the tests of papers share? Days, texts and agreements at the table of the cast."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from agencies import agreements, texts
from agencies.models import Member, PaperText, PreparedAgreement, SharingAgreement, Table, Undertaking
from agencies.vocabulary import Paper
from tests.cast import PASSWORD, Cast

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
NEXT_YEAR = TODAY + timedelta(days=365)
PASSWORD_AGAIN = PASSWORD


def new_text(
    cast: Cast,
    kind: Paper,
    *,
    sign_again_from: date | None = None,
    valid_from: date = TODAY,
    english: str = "# New\nWords.\n",
) -> PaperText:
    """A published next version of a text at the cast's table."""
    draft = texts.save_draft(
        table=cast.nia, kind=kind, body_en=english, body_fr="# Nouveau\nMots.\n", term_days=100, reviewed="",
        by=cast.administrator,
    )  # fmt: skip
    seen = texts.digest(draft.body_en, draft.body_fr)
    return texts.publish(
        draft, seen=seen, valid_from=valid_from, sign_again_from=sign_again_from, by=cast.administrator
    )


def prepared(
    cast: Cast, *, signatory: Member | None = None, email: str = "", agency: str = "police"
) -> PreparedAgreement:
    """An agreement that waits for its signature; an outside address is asked after the agreement before ran out."""
    if email:
        agreements_ran_out(cast, agency)
    return agreements.prepare(
        agency=cast.agencies[agency], table=cast.nia, starts_on=TODAY, ends_on=NEXT_YEAR, signatory=signatory,
        email=email, language="fr", by=cast.administrator,
    )  # fmt: skip


def agreements_ran_out(cast: Cast, agency: str) -> None:
    """Let an agency's agreements at the cast's table end yesterday."""
    SharingAgreement.objects.filter(agency=cast.agencies[agency], table=cast.nia).update(ends_on=YESTERDAY)


def without_papers(cast: Cast, key: str, table: Table) -> Member:
    """One of the cast after all undertakings and the agency's agreement ran out."""
    member = cast.people[key]
    Undertaking.objects.filter(member=member, table=table).update(ends_on=YESTERDAY)
    SharingAgreement.objects.filter(agency=member.agency, table=table).update(ends_on=YESTERDAY)
    return member
