"""Which codes open, and how often? (RFC 6238, appendix B; docs/adr/0032)"""

from __future__ import annotations

import time

import pytest

from agencies.models import Member, SecondFactor
from agencies.refusal import NotPossible
from agencies.signin import factor, recovery, sealing, totp
from agencies.signin.own_rows import own_rows


def secret_of(member: Member) -> bytes:
    with own_rows(member):
        return sealing.unseal(bytes(SecondFactor.objects.get(member=member).secret), member.pk)


def with_factor(member: Member) -> bytes:
    """Switch a factor on, with its first code long ago; the secret."""
    session: dict[str, str] = {}
    secret = factor.candidate(session, member)  # type: ignore[arg-type]  # a session is a mapping
    factor.switch_on(session, totp.code(secret, totp.step_at(time.time())), by=member)  # type: ignore[arg-type]  # same
    with own_rows(member):
        SecondFactor.objects.filter(member=member).update(last_step=0)
    return secret


def code_now(secret: bytes, *, steps: int = 0) -> str:
    return totp.code(secret, totp.step_at(time.time()) + steps)


@pytest.fixture
def member(db: None) -> Member:
    return Member.objects.create_user("one@example.org", "correct horse battery", name="One")


@pytest.mark.parametrize(
    ("seconds", "eight"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_the_codes_are_those_of_the_standard(seconds: int, eight: str) -> None:
    assert totp.code(b"12345678901234567890", totp.step_at(seconds)) == eight[2:]


class TestTheApp:
    def test_the_code_of_now_opens_once(self, member: Member) -> None:
        secret = with_factor(member)
        assert factor.accepts(member, code_now(secret))
        assert not factor.accepts(member, code_now(secret))

    @pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (1, True), (3, False)])
    def test_a_clock_may_be_half_a_minute_wrong_and_no_more(self, member: Member, steps: int, opens: bool) -> None:
        assert factor.accepts(member, code_now(with_factor(member), steps=steps)) is opens

    def test_an_earlier_code_does_not_open_after_a_later_one(self, member: Member) -> None:
        secret = with_factor(member)
        assert factor.accepts(member, code_now(secret, steps=1))
        assert not factor.accepts(member, code_now(secret))

    def test_blanks_are_no_mistake_and_another_persons_code_is(self, member: Member) -> None:
        code = code_now(with_factor(member))
        other = Member.objects.create_user("two@example.org", "correct horse battery", name="Two")
        with_factor(other)
        assert not factor.accepts(other, code)
        assert factor.accepts(member, f" {code[:3]} {code[3:]} ")

    def test_the_secret_is_kept_sealed_and_to_its_member(self, member: Member) -> None:
        secret = with_factor(member)
        with own_rows(member):
            kept = bytes(SecondFactor.objects.get(member=member).secret)
        assert secret not in kept
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(kept, member.pk + 1)

    def test_it_is_switched_on_only_by_a_code_of_it(self, member: Member) -> None:
        session: dict[str, str] = {}
        secret = factor.candidate(session, member)  # type: ignore[arg-type]  # a session is a mapping
        with pytest.raises(NotPossible):
            factor.switch_on(session, "000000" if code_now(secret) != "000000" else "1", by=member)  # type: ignore[arg-type]  # same
        assert factor.of(member) is None
        assert factor.candidate(session, member) == secret  # type: ignore[arg-type]  # same

    def test_a_factor_is_reached_by_its_member_only(self, member: Member) -> None:
        with_factor(member)
        other = Member.objects.create_user("two@example.org", "correct horse battery", name="Two")
        with own_rows(other):
            assert SecondFactor.objects.count() == 0


class TestRecovery:
    def test_each_of_the_ten_opens_once_however_it_is_written(self, member: Member) -> None:
        with_factor(member)
        codes = recovery.renew(member)
        assert len(set(codes)) == recovery.left(member) == recovery.HOW_MANY
        assert factor.accepts(member, f" {codes[0].upper()} ")
        assert not factor.accepts(member, codes[0])
        assert factor.accepts(member, codes[1].replace("-", ""))
        assert recovery.left(member) == recovery.HOW_MANY - 2

    def test_new_ones_end_the_old_ones(self, member: Member) -> None:
        with_factor(member)
        old = recovery.renew(member)[0]
        recovery.renew(member)
        assert not factor.accepts(member, old)

    def test_none_opens_without_a_factor(self, member: Member) -> None:
        codes = recovery.renew(member)
        assert not factor.accepts(member, codes[0])
