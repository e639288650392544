"""How does an agency sign a table's sharing agreement, and when does it end? (R56; domain.md, "People")

An administrator prepares: for which agency, for which days, who signs. The signatory - a person of the agency, or
somebody outside by a one-time link - reads the text in one of the languages, says name and office, and signs. Nobody
signs what he prepared, and no administrator of the table signs for an agency.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import confirming, paper_letters, reach, seat_letters, texts
from agencies.clock import today_at
from agencies.models import Agency, AgreementInForce, Belonging, Member, PreparedAgreement, SharingAgreement, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import Paper


def waiting(table: Table) -> QuerySet[PreparedAgreement]:
    """The agreements of a table that wait for a signature."""
    return _open().filter(table=table)


def to_sign(member: Member) -> QuerySet[PreparedAgreement]:
    """The agreements that wait for this member's signature."""
    return _open().filter(signatory=member, agency=member.agency)


def _open() -> QuerySet[PreparedAgreement]:
    rows = PreparedAgreement.objects.filter(agreement__isnull=True, withdrawn_at__isnull=True)
    return rows.select_related("agency", "table", "signatory").order_by("pk")


def in_force(agency: Agency, table: Table) -> bool:
    """Whether an agency's agreement counts today (the database view's rule)."""
    return AgreementInForce.objects.filter(agency=agency, table=table).exists()


def prepare(
    *, agency: Agency, table: Table, starts_on: date, ends_on: date, signatory: Member | None, email: str,
    language: str, by: Member,
) -> PreparedAgreement:  # fmt: skip
    """Prepare an agreement and ask the signatory, in the place of one that still waits. Told by mail, without names."""
    check(agency=agency, table=table, starts_on=starts_on, ends_on=ends_on, signatory=signatory, email=email, by=by)
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        waiting(table).filter(agency=agency).update(withdrawn_at=timezone.now())
        prepared = PreparedAgreement.objects.create(
            agency=agency, table=table, starts_on=starts_on, ends_on=ends_on, signatory=signatory,
            signatory_email=signatory.email if signatory else email.lower(),
            language=signatory.language if signatory else language, prepared_by=by,
        )  # fmt: skip
        texts.in_force(table, Paper.AGREEMENT)
        paper_letters.ask_signatory(prepared)
        return prepared


def check(
    *, agency: Agency, table: Table, starts_on: date, ends_on: date, signatory: Member | None, email: str, by: Member
) -> None:
    """Refuse (NotPossible) what may not be prepared."""
    if not reach.administers(by, table):
        raise NotPossible(_("Only an administrator of the table does this."))
    if not agency.is_active:
        raise NotPossible(_("This agency is not active."), "agency")
    if ends_on < max(starts_on, today_at(table)):
        raise NotPossible(_("The last day is after the first, and not over yet."), "ends_on")
    if signatory is None and not email:
        raise NotPossible(_("Choose a person of the agency, or enter an address."), "signatory")
    if signatory is not None and (signatory.agency_id != agency.pk or not reach.may_sign_for(signatory, table)):
        raise NotPossible(_("Choose a person of that agency who does not administer this table."), "signatory")
    known = Member.objects.filter(email__iexact=email).first() if email and signatory is None else None
    if known is not None and (known.pk == by.pk or reach.administers(known, table)):
        raise NotPossible(_("Whoever administers the table does not sign for an agency."), "email")
    _stays_with_the_agency(agency, table, signatory, signatory.email if signatory else email)


def _stays_with_the_agency(agency: Agency, table: Table, signatory: Member | None, email: str) -> None:
    """While an agreement runs, whoever prepares the next cannot choose who speaks for the agency.

    Its own signatory signs again, or a person whose seat the agency has accepted; being entered as one is not enough.
    """
    newest = seat_letters.running_agreements(agency.pk, table).first()
    if newest is None or (newest.signatory_email and newest.signatory_email.lower() == email.lower()):
        return
    if signatory is not None:
        seated = reach.held_seats(signatory).filter(table=table, agency=agency, meeting__isnull=True)
        if seated.exists():
            return
    field = "email" if signatory is None else "signatory"
    raise NotPossible(_("While its agreement is in force, its own signatory or one of its people signs."), field)


def withdraw(prepared: PreparedAgreement, *, by: Member) -> None:
    """Take back what waits for a signature; its link opens nothing any more."""
    if not reach.administers(by, prepared.table):
        raise NotPossible(_("Only an administrator of the table does this."))
    prepared.withdrawn_at = timezone.now()
    prepared.save(update_fields=["withdrawn_at"])


def sign(
    prepared: PreparedAgreement, *, read: str, language: str, name: str, office: str, by: Member | None,
    password: str = "",
) -> SharingAgreement:  # fmt: skip
    """Sign for the agency: as its person (`by`, with the own password again), or from outside by the link (None).

    `read` is the hash of the text that was on the page. What is kept: who, with which office, under which version and
    hash, in which language. The agency belongs to the table from the first day on.
    """
    with transaction.atomic():
        found = PreparedAgreement.objects.select_for_update(of=("self",)).select_related("agency", "table")
        row = found.get(pk=prepared.pk)
        if row.agreement_id is not None or row.withdrawn_at is not None:
            raise NotPossible(_("This agreement does not wait for a signature any more."))
        text = texts.in_force(row.table, Paper.AGREEMENT)
        if read != text.digest:
            raise NotPossible(_("The text changed while you were reading. Here is the new one."))
        if by is not None:
            _own_person(row, by, password)
        elif row.signatory_id is not None:
            raise NotPossible(_("This agreement waits for a person who signs in."))
        _stays_with_the_agency(row.agency, row.table, by, row.signatory_email)
        today = today_at(row.table)
        if row.ends_on < today:
            raise NotPossible(_("The days of this agreement are over: ask the administrator for another."))
        row.agreement = SharingAgreement.objects.create(
            agency_id=row.agency_id, table_id=row.table_id, signatory_name=name, signatory_office=office,
            signatory_email=row.signatory_email, signed_by=by, prepared_by_id=row.prepared_by_id, text=text,
            text_version=text.version, text_hash=text.digest, language=language, signed_on=today,
            starts_on=row.starts_on, ends_on=row.ends_on,
        )  # fmt: skip
        row.save(update_fields=["agreement"])
        belongs, new = Belonging.objects.get_or_create(
            agency_id=row.agency_id, table_id=row.table_id, defaults={"since": row.starts_on}
        )
        if not new and belongs.until is not None and belongs.until <= row.starts_on:
            belongs.since, belongs.until = row.starts_on, None
            belongs.save(update_fields=["since", "until"])
        confirming.ask_again(row.agreement)
        return row.agreement


def _own_person(row: PreparedAgreement, by: Member, password: str) -> None:
    if by.pk != row.signatory_id or by.agency_id != row.agency_id or not reach.may_sign_for(by, row.table):
        raise NotPossible(_("This agreement waits for somebody else’s signature."))
    if not by.check_password(password):
        raise NotPossible(_("That is not your password."), "password")


def end(agreement: SharingAgreement, *, by: Member) -> None:
    """End an agreement before its time: nobody of the agency opens anything at the next request."""
    leads = agreement.agency_id in reach.agency_ids_led(by, agreement.table)
    if not leads and not reach.administers(by, agreement.table):
        raise NotPossible(_("Only an administrator of the table or the agency’s lead does this."))
    if agreement.ended_at is None:
        agreement.ended_at, agreement.ended_by = timezone.now(), by
        agreement.save(update_fields=["ended_at", "ended_by"])
