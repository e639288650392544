"""Where is somebody signed in, and does a session that ended open nothing any more?"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Member, SignIn
from privacy.context import acting_as
from tests.cast import PASSWORD, Cast
from tests.entry import change, enter, sign_in_of
from tests.pages.browsing import Browser, field_error, text
from tests.signin.test_codes import with_factor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def opens(browser: Browser) -> bool:
    """Whether page and API both open; they must agree."""
    page, api = (
        browser.client.get("/meetings/").status_code == 200,
        browser.client.get("/api/v1/me/").status_code == 200,
    )
    assert page == api
    return page


class TestOwnSessions:
    def test_the_list_shows_ones_own_and_ends_one_or_all_others(self, cast: Cast) -> None:
        mine, telephone, old, other = (Browser(m) for m in (cast.school_rep,) * 3 + (cast.police_rep,))
        enter(telephone.client, cast.school_rep, device="Safari|iPhone")
        page = text(mine.get("my_sign_in"))
        assert page.count('name="session"') == 3 + 0  # two others, and all of them
        assert "Safari on iPhone" in page
        mine.post("sessions_end", session=sign_in_of(telephone.client, cast.school_rep).pk)
        assert [opens(b) for b in (mine, telephone, old, other)] == [True, False, True, True]
        mine.post("sessions_end", session="others")
        assert [opens(b) for b in (mine, old, other)] == [True, False, True]

    def test_nobody_ends_somebody_elses(self, cast: Cast) -> None:
        mine, other = Browser(cast.school_rep), Browser(cast.police_rep)
        mine.post("sessions_end", session=sign_in_of(other.client, cast.police_rep).pk)
        assert opens(other)
        assert mine.post("sessions_end", session="nonsense").status_code == 404

    def test_signing_out_ends_the_session_itself(self, cast: Cast) -> None:
        mine = Browser(cast.school_rep)
        cookie = mine.client.cookies["sessionid"].value
        assert mine.post("logout")["Location"] == reverse("login")
        mine.client.cookies["sessionid"] = cookie
        assert not opens(mine)

    def test_an_account_that_is_deactivated_is_out_at_the_next_request(self, cast: Cast) -> None:
        mine = Browser(cast.school_rep)
        Member.objects.filter(pk=cast.school_rep.pk).update(is_active=False)
        assert not opens(mine)
        Member.objects.filter(pk=cast.school_rep.pk).update(is_active=True)
        assert not opens(mine), "an old session does not wait for the account to come back"

    def test_a_session_without_its_row_is_nobodys(self, cast: Cast) -> None:
        mine = Browser(cast.school_rep)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('st.member', %s, true)", [str(cast.school_rep.pk)])
            cursor.execute("DELETE FROM agencies_signin")
        assert not opens(mine)


class TestPassword:
    def test_a_new_password_ends_every_other_session_and_keeps_this_one(self, cast: Cast) -> None:
        mine, other = Browser(cast.school_rep), Browser(cast.school_rep)
        new = "quite another staple"
        sent = mine.post("password_change", old_password=PASSWORD, new_password=new, new_password_again=new)
        assert sent["Location"] == reverse("my_sign_in")
        assert [opens(mine), opens(other)] == [True, False]
        come = Client().post(reverse("login"), {"username": cast.school_rep.email, "password": new})
        assert come.status_code == 302

    def test_it_asks_for_the_one_before_counts_wrong_ones_and_refuses_a_weak_one(self, cast: Cast) -> None:
        mine, new = Browser(cast.school_rep), "quite another staple"
        weak = mine.post("password_change", old_password=PASSWORD, new_password="short", new_password_again="short")
        assert field_error(weak, "new_password")
        unlike = mine.post("password_change", old_password=PASSWORD, new_password=new, new_password_again=new + "s")
        assert field_error(unlike, "new_password_again")
        for _ in range(5):
            wrong = mine.post("password_change", old_password="wrong", new_password=new, new_password_again=new)
        assert "Wait" in field_error(wrong, "old_password")
        assert cast.school_rep.check_password(PASSWORD)

    def test_it_asks_again_after_ten_minutes(self, cast: Cast) -> None:
        mine, new = Browser(cast.school_rep), "quite another staple"
        change(mine.client, cast.school_rep, confirmed_at=timezone.now() - timedelta(minutes=11))
        assert "Is it still you?" in text(mine.get("password_change"))
        mine.post("password_change", **{"again-was": "get", "again-secret": PASSWORD})
        sent = mine.post("password_change", old_password=PASSWORD, new_password=new, new_password_again=new)
        assert sent["Location"] == reverse("my_sign_in")

    def test_with_a_second_factor_it_makes_no_session_sure(self, cast: Cast) -> None:
        with_factor(cast.school_rep)
        mine, new = Browser(cast.school_rep), "quite another staple"
        change(mine.client, cast.school_rep, second_factor=True, confirmed_at=timezone.now() - timedelta(minutes=9))
        sent = mine.post("password_change", old_password=PASSWORD, new_password=new, new_password_again=new)
        assert sent["Location"] == reverse("my_sign_in")
        later = timezone.now() + timedelta(minutes=2)
        assert sign_in_of(mine.client, cast.school_rep).confirmed_at < later - timedelta(minutes=10)
        with time_machine.travel(later, tick=True):
            for path in (reverse("reveal", args=[uuid4()]), f"/api/v1/situations/{uuid4()}/reveals/"):
                assert mine.client.post(path).status_code == 403, path


class TestHeader:
    def test_names_nobody_while_the_session_is_locked_or_over(self, cast: Cast) -> None:
        mine = Browser(cast.school_rep)
        pages = ("/nowhere/", reverse("login"), "/join/nothing/")
        shown = [cast.school_rep.name in text(mine.client.get(path)) for path in pages]  # type: ignore[arg-type]  # the client's own type
        assert shown[0]
        change(mine.client, cast.school_rep, locked_at=timezone.now())
        for path in pages:
            page = text(mine.client.get(path))  # type: ignore[arg-type]  # same
            assert cast.school_rep.name not in page, path
            assert 'aria-label="Main"' not in page, path
        with acting_as(cast.school_rep):
            SignIn.objects.all().delete()
        for path in pages:
            assert cast.school_rep.name not in text(mine.client.get(path)), path  # type: ignore[arg-type]  # same
