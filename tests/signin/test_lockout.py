"""Who has to wait after how many wrong tries, and does the answer tell whether there is such an account?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Member, Tries
from agencies.signin import tries
from tests.cast import PASSWORD
from tests.pages.browsing import field_error

EMAIL, NOBODY = "one@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def member(db: None) -> Member:
    return Member.objects.create_user(EMAIL, PASSWORD, name="One")


def tried(email: str, password: str | None = None, *, at: str = "192.0.2.1") -> str:
    """One try at the page; what it says beside the password ('' when it let in)."""
    answer = Client(REMOTE_ADDR=at).post(reverse("login"), {"username": email, "password": password or "wrong"})
    assert answer.status_code == (302 if password == PASSWORD and "Location" in answer else 200)
    return field_error(answer, "password") if answer.status_code == 200 else ""


def later(**span: int) -> None:
    """Time passes for every counter."""
    for row in Tries.objects.all():
        row.since -= timedelta(**span)
        row.locked_until = row.locked_until and row.locked_until - timedelta(**span)
        row.save()


def test_five_wrong_tries_and_even_the_right_password_has_to_wait_a_quarter_of_an_hour() -> None:
    said = [tried(EMAIL) for _ in range(5)]
    assert "do not belong together" in said[3]
    assert "Wait 15 minutes" in said[4]
    assert "Wait 15 minutes" in tried(EMAIL, PASSWORD)
    later(minutes=16)
    assert tried(EMAIL, PASSWORD) == ""


def test_waits_grow_to_an_hour_and_no_further_and_trying_on_does_not_prolong_them() -> None:
    waits = []
    for _ in range(5):
        for _ in range(4):
            tried(EMAIL)
        waits.append(tried(EMAIL))
        before = tries.count(EMAIL, "192.0.2.1").until
        for _ in range(7):
            tried(EMAIL)
        assert tries.count(EMAIL, "192.0.2.1").until == before
        later(minutes=61)
    assert [next(n for n in (15, 30, 60) if f"Wait {n} minutes" in w) for w in waits] == [15, 30, 60, 60, 60]


def test_an_account_that_does_not_exist_gets_the_same_answers() -> None:
    assert [tried(EMAIL, at="192.0.2.1") for _ in range(7)] == [tried(NOBODY, at="192.0.2.2") for _ in range(7)]


def test_a_try_at_nobody_costs_one_hashing_like_a_try_at_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    whole = hashers.MD5PasswordHasher.encode

    def encode(self: hashers.MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return whole(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", encode)
    tried(NOBODY)
    nobody, hashed[:] = len(hashed), []
    tried(EMAIL)
    assert nobody == len(hashed) == 1


def test_who_is_attacked_from_everywhere_still_comes_in_from_where_one_usually_does() -> None:
    assert tried(EMAIL, PASSWORD, at="192.0.2.77") == ""
    for n in range(1, 21):
        tried(EMAIL, at=f"198.51.100.{n}")
    assert "Wait" in tried(EMAIL, PASSWORD, at="198.51.100.200")
    assert tried(EMAIL, PASSWORD, at="192.0.2.77") == ""


def test_an_address_that_tries_many_accounts_has_to_wait() -> None:
    said = [tried(f"somebody{n}@example.org") for n in range(60)]
    assert "do not belong together" in said[58]
    assert "Wait 15 minutes" in said[59]
    assert "Wait" in tried(EMAIL, PASSWORD)
    assert tried(EMAIL, PASSWORD, at="192.0.2.9") == ""


def test_wrong_tries_of_long_ago_do_not_count_together_with_those_of_now() -> None:
    for _ in range(4):
        tried(EMAIL)
    later(hours=2)
    for _ in range(4):
        assert "do not belong together" in tried(EMAIL)


def test_counters_keep_neither_the_account_nor_the_address_in_the_clear_and_are_forgotten() -> None:
    tried(EMAIL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM agencies_tries t")
        kept = cursor.fetchone()[0]
    assert EMAIL not in kept
    assert "192.0.2.1" not in kept
    Tries.objects.update(since=timezone.now() - timedelta(days=31))
    assert tries.forget() == 3


def test_behind_our_proxy_the_address_is_what_the_proxy_added_not_what_the_caller_wrote(settings: object) -> None:
    settings.BEHIND_TLS_PROXY = True  # type: ignore[attr-defined]  # pytest-django's own object
    for n in range(5):
        Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 192.0.2.50").post(
            reverse("login"), {"username": EMAIL, "password": "wrong"}, secure=True
        )
    assert tries.count(EMAIL, "192.0.2.50").until is not None
    assert tries.count(EMAIL, "203.0.113.4").until is None
