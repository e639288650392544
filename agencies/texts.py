"""What exactly is signed? The versions of a table's agreement and undertaking, in two languages, kept with a hash.

A text is a draft until both languages are there and it is published; then PostgreSQL keeps it as it is (migration
0007). The first version of each is a template that is shipped with the program and marked as such until somebody says
which lawyer has read it. Source: issue 3, "Belonging"; R56; docs/adr/0024.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import reach
from agencies.clock import today_at
from agencies.models import Member, PaperText, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import Paper

TEMPLATES = Path(__file__).parent / "reference" / "texts"
#: Days that are proposed: an agency signs for three years, a person for one.
TERM = {Paper.AGREEMENT: 3 * 365, Paper.UNDERTAKING: 365}


def digest(body_en: str, body_fr: str) -> str:
    """The hash of a text in both its languages: 64 hexadecimal digits (SHA-256)."""
    return hashlib.sha256(f"{body_en}\n\0\n{body_fr}".encode()).hexdigest()


def in_force(table: Table, kind: Paper) -> PaperText:
    """The text that is signed today: the newest published one that is valid; the template where there is none."""
    published = PaperText.objects.filter(table=table, kind=kind, published_at__isnull=False)
    found = published.filter(valid_from__lte=today_at(table)).order_by("-version").first()
    return found or _template(table, kind)


def _template(table: Table, kind: Paper) -> PaperText:
    english, french = (
        (TEMPLATES / f"{kind}.{language}.txt").read_text(encoding="utf-8").replace("{table}", name)
        for language, name in (("en", table.name_en), ("fr", table.name_fr or table.name_en))
    )
    words = {"body_en": english, "body_fr": french, "digest": digest(english, french), "term_days": TERM[kind]}
    today = today_at(table)
    text, _made = PaperText.objects.get_or_create(
        table=table, kind=kind, version=1, defaults=words | {"published_at": timezone.now(), "valid_from": today}
    )
    return text


def versions(table: Table, kind: Paper) -> list[PaperText]:
    """Every version of a text, newest first, a draft among them; at least the template."""
    in_force(table, kind)
    return list(PaperText.objects.filter(table=table, kind=kind).select_related("written_by").order_by("-version"))


def save_draft(
    *, table: Table, kind: Paper, body_en: str, body_fr: str, term_days: int, reviewed: str, by: Member
) -> PaperText:
    """Write the draft of a table's next version; one language may still be missing."""
    _administrator(by, table)
    with transaction.atomic():
        Table.objects.select_for_update().get(pk=table.pk)
        newest = versions(table, kind)[0]
        draft = newest if newest.published_at is None else PaperText(
            table=table, kind=kind, version=newest.version + 1
        )  # fmt: skip
        draft.body_en, draft.body_fr = _tidy(body_en), _tidy(body_fr)
        draft.term_days, draft.reviewed = term_days, reviewed
        draft.written_by, draft.written_at = by, timezone.now()
        draft.save()
        return draft


def drop_draft(draft: PaperText, *, by: Member) -> None:
    """Throw a draft away. A published text cannot be (PostgreSQL refuses)."""
    _administrator(by, draft.table)
    draft.delete()


def check(draft: PaperText, *, valid_from: date, sign_again_from: date | None) -> None:
    """Refuse (NotPossible) to publish what may not be: one language only, a day in the past."""
    if not draft.body_en or not draft.body_fr:
        missing = "body_fr" if draft.body_en else "body_en"
        raise NotPossible(_("Both languages are needed before anybody can sign it."), missing)
    if valid_from < today_at(draft.table):
        raise NotPossible(_("Choose today or a later day."), "valid_from")
    if sign_again_from is not None and sign_again_from < valid_from:
        raise NotPossible(_("People need the text before they can sign it: choose a later day."), "sign_again_from")


def publish(draft: PaperText, *, seen: str, valid_from: date, sign_again_from: date | None, by: Member) -> PaperText:
    """Make a draft what is signed from a day on. `seen` is the hash of what the administrator read last.

    From `sign_again_from` on, what was signed under earlier versions counts no more; None: it goes on until it ends.
    """
    _administrator(by, draft.table)
    with transaction.atomic():
        locked = PaperText.objects.select_for_update().get(pk=draft.pk)
        if locked.published_at is not None or digest(locked.body_en, locked.body_fr) != seen:
            raise NotPossible(_("Somebody changed this text after you read it. Read it again."))
        check(locked, valid_from=valid_from, sign_again_from=sign_again_from)
        locked.digest, locked.published_at = seen, timezone.now()
        locked.valid_from, locked.sign_again_from = valid_from, sign_again_from
        locked.save()
        return locked


def blocks(body: str) -> list[dict[str, object]]:
    """A text as a page shows it: headings (`# `), lists (`- `), paragraphs."""
    found: list[dict[str, object]] = []
    for line in body.splitlines():
        if line.startswith("# "):
            found.append({"kind": "heading", "text": line[2:]})
        elif line.startswith("- "):
            if not found or found[-1]["kind"] != "list":
                found.append({"kind": "list", "items": []})
            found[-1]["items"].append(line[2:])  # type: ignore[attr-defined]  # the list just put there
        elif line.strip():
            found.append({"kind": "paragraph", "text": line})
    return found


def _tidy(body: str) -> str:
    """One way of ending lines, so that a hash does not depend on a browser."""
    return (
        "\n".join(line.rstrip() for line in body.replace("\r\n", "\n").split("\n")).strip() + "\n"
        if body.strip()
        else ""
    )


def _administrator(by: Member, table: Table) -> None:
    if not reach.administers(by, table):
        raise NotPossible(_("Only an administrator of the table does this."))
