"""Is what is signed kept exactly, in two languages, and asked for again when it changes?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from agencies import texts, undertakings
from agencies.models import PaperText, Standing, Undertaking
from agencies.refusal import NotPossible
from agencies.vocabulary import Paper
from tests.agreements.papers import PASSWORD_AGAIN, TODAY, TOMORROW, YESTERDAY, new_text
from tests.cast import Cast
from tests.pages.browsing import Browser
from tests.pages.browsing import text as page_text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("kind", list(Paper))
def test_the_first_text_is_the_template_in_both_languages_and_says_that_no_lawyer_read_it(
    cast: Cast, kind: Paper
) -> None:
    text = texts.in_force(cast.nia, kind)
    assert texts.in_force(cast.nia, kind) == text
    assert (text.version, text.reviewed, text.digest) == (1, "", texts.digest(text.body_en, text.body_fr))
    assert cast.nia.name_en in text.body_en
    assert cast.nia.name_fr in text.body_fr
    assert "{table}" not in text.body_en + text.body_fr
    english, french = ([b["kind"] for b in texts.blocks(body)] for body in (text.body_en, text.body_fr))
    assert english == french
    assert text.body_en.count("\n- ") == text.body_fr.count("\n- ") > 5


def test_both_languages_are_needed_before_anybody_can_sign(cast: Cast) -> None:
    half = texts.save_draft(
        table=cast.nia, kind=Paper.UNDERTAKING, body_en="Words.", body_fr="", term_days=100, reviewed="",
        by=cast.administrator,
    )  # fmt: skip
    with pytest.raises(NotPossible) as refused:
        texts.publish(
            half, seen=texts.digest(half.body_en, half.body_fr), valid_from=TODAY, sign_again_from=None,
            by=cast.administrator,
        )  # fmt: skip
    assert refused.value.field == "body_fr"
    assert texts.in_force(cast.nia, Paper.UNDERTAKING).version == 1
    half.published_at, half.valid_from, half.digest = half.written_at, TODAY, "x"
    with pytest.raises(DatabaseError, match="published_text_speaks_both_languages"), transaction.atomic():
        half.save()


def test_a_published_text_is_never_changed_nor_deleted(cast: Cast) -> None:
    text = texts.in_force(cast.nia, Paper.AGREEMENT)
    for change in ({"body_en": "Other words."}, {"reviewed": "Nobody"}, {"sign_again_from": TODAY}):
        with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
            PaperText.objects.filter(pk=text.pk).update(**change)
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        text.delete()


def test_what_was_changed_after_it_was_read_is_not_published(cast: Cast) -> None:
    said = {"table": cast.nia, "kind": Paper.AGREEMENT, "body_fr": "Mots.", "term_days": 9, "reviewed": ""}
    draft = texts.save_draft(**said, body_en="Words.", by=cast.administrator)  # type: ignore[arg-type]
    seen = texts.digest(draft.body_en, draft.body_fr)
    texts.save_draft(**said, body_en="Other words.", by=cast.administrator)  # type: ignore[arg-type]
    with pytest.raises(NotPossible, match="after you read it"):
        texts.publish(draft, seen=seen, valid_from=TODAY, sign_again_from=None, by=cast.administrator)


def test_only_the_administrator_of_the_table_writes_its_texts(cast: Cast) -> None:
    for key in ("facilitator", "privacy_officer", "shelter_lead", "other_table", "stranger"):
        with pytest.raises(NotPossible, match="administrator"):
            texts.save_draft(
                table=cast.nia, kind=Paper.AGREEMENT, body_en="x", body_fr="y", term_days=9, reviewed="",
                by=cast.people[key],
            )  # fmt: skip


def test_a_new_text_leaves_signatures_alone_unless_it_says_from_when_they_count_no_more(cast: Cast) -> None:
    seats = Standing.objects.at(cast.nia.pk)
    before = set(seats.values_list("member_id", flat=True))
    new_text(cast, Paper.UNDERTAKING)
    new_text(cast, Paper.AGREEMENT)
    assert set(seats.values_list("member_id", flat=True)) == before
    assert undertakings.counts_until(cast.crisis_rep, cast.nia) is not None


@pytest.mark.parametrize("kind", list(Paper))
def test_from_the_day_it_says_earlier_signatures_count_no_more(cast: Cast, kind: Paper) -> None:
    seats = Standing.objects.at(cast.nia.pk)
    new_text(cast, kind, sign_again_from=TOMORROW)
    assert seats.exists()
    new_text(cast, kind, sign_again_from=TODAY, english="# Newer\n")
    assert not seats.exists()
    assert Standing.objects.at(cast.kes.pk).exists(), "another table has texts of its own"


def test_who_signs_the_new_text_stands_again_and_the_others_do_not(cast: Cast) -> None:
    new_text(cast, Paper.UNDERTAKING, sign_again_from=TODAY)
    text = texts.in_force(cast.nia, Paper.UNDERTAKING)
    undertakings.sign(table=cast.nia, read=text.digest, language="en", password=PASSWORD_AGAIN, by=cast.crisis_rep)
    assert list(Standing.objects.at(cast.nia.pk).values_list("member_id", flat=True)) == [cast.crisis_rep.pk]


def test_a_coming_day_shortens_what_counts_and_asks_in_time(cast: Cast) -> None:
    day = TODAY + timedelta(days=20)
    new_text(cast, Paper.UNDERTAKING, sign_again_from=day)
    assert undertakings.counts_until(cast.crisis_rep, cast.nia) == day - timedelta(days=1)
    assert [o.counts_until for o in undertakings.owed(cast.crisis_rep)] == [day - timedelta(days=1)]


def test_a_signature_keeps_version_hash_and_language_and_stays_as_it_was_made(cast: Cast) -> None:
    text = texts.in_force(cast.nia, Paper.UNDERTAKING)
    signed = undertakings.sign(
        table=cast.nia, read=text.digest, language="fr", password=PASSWORD_AGAIN, by=cast.lapsed_undertaking
    )
    assert (signed.text, signed.text_version, signed.text_hash, signed.language) == (text, 1, text.digest, "fr")
    assert (signed.signed_on, signed.ends_on) == (TODAY, TODAY + timedelta(days=text.term_days - 1))
    for change in ({"text_hash": "other"}, {"signed_on": YESTERDAY}, {"text_version": 2}, {"member": cast.crisis_rep}):
        with pytest.raises(DatabaseError, match="stays as it was made"), transaction.atomic():
            Undertaking.objects.filter(pk=signed.pk).update(**change)


def test_only_the_text_that_came_with_the_program_says_that_it_did(cast: Cast) -> None:
    administrator, address = Browser(cast.administrator), ("paper_text", cast.nia.code, Paper.UNDERTAKING)
    assert "It came with the program." in page_text(administrator.get(*address))
    new_text(cast, Paper.UNDERTAKING)
    page = page_text(administrator.get(*address, query="?version=2"))
    assert "No lawyer has read this text yet" in page
    assert "It came with the program." not in page
