"""Where is somebody signed in, and does a session that ended open nothing any more?"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies.models import Member
from tests.cast import PASSWORD, Cast
from tests.entry import enter, sign_in_of
from tests.pages.browsing import Browser, field_error, text

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
