"""Is a file of people read without doing anything, said wrong by line and column, and done as a whole or not at all?"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies import people_import
from agencies.models import Letter, Member, Seat
from agencies.refusal import NotPossible
from agencies.vocabulary import Role
from privacy.context import acting_as
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

_HEAD = "name,e-mail,agency,table,role,until\n"
_GOOD = (
    _HEAD + "A. Newcomer,a@example.net,Harbour Street Shelter,NIA,Agency representative,2099-01-31\n"
    "B. Newcomer,b@example.net,lakemoor crisis team,nia,agency_lead,\n"
)


def _mistakes(cast: Cast, content: str) -> list[tuple[int, str]]:
    with acting_as(cast.administrator):
        return [(m.line, m.column) for m in people_import.read(content, by=cast.administrator).mistakes]


def test_a_dry_run_changes_nothing_and_the_import_makes_proposals_only(cast: Cast) -> None:
    browser, before = Browser(cast.administrator), Member.objects.count()
    page = text(browser.post("people_import", text=_GOOD))
    assert "2 seats would be proposed" in page
    assert Member.objects.count() == before
    assert browser.post("people_import", text=_GOOD, do="import").status_code == 302
    made = Seat.objects.filter(member__email__endswith="@example.net")
    assert {(s.role, s.accepted_by_lead_at, s.accepted_by_member_at) for s in made} == {
        (Role.REPRESENTATIVE, None, None), (Role.AGENCY_LEAD, None, None),
    }  # fmt: skip
    assert Letter.objects.filter(member__email__endswith="@example.net").count() == 2
    again = text(browser.post("people_import", text=_GOOD, do="import"))
    assert "Nothing was done" in again


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_of_both_languages_are_read(cast: Cast, encoding: str, delimiter: str) -> None:
    lines = [
        ["Nom", "Courriel", "Organisme", "Table", "Rôle", "Jusqu'au", "Langue"],
        ["É. Nouvelle-Venue", "e@example.net", "Harbour Street Shelter", "NIA", "responsable d’organisme", "", "fr"],
    ]
    content = "\r\n".join(delimiter.join(line) for line in lines).replace("’", "'").encode(encoding)
    answer = Browser(cast.administrator).post("people_import", file=SimpleUploadedFile("people.csv", content))
    assert "É. Nouvelle-Venue" in text(answer)
    assert "1 seat would be proposed" in text(answer)


def test_one_of_the_two_is_asked_for_and_neither_is_called_optional(cast: Cast) -> None:
    page = text(Browser(cast.administrator).post("people_import", text=""))
    assert "Choose a file, or paste its lines." in page
    assert "(optional)" not in page


def test_everything_wrong_is_said_by_line_and_column_and_nothing_is_done(cast: Cast) -> None:
    content = _GOOD + (
        "C,not-an-address,Harbour Street Shelter,NIA,Recorder,\n"
        "D,d@example.net,No Such Agency,NIA,Recorder,\n"
        "E,e@example.net,Harbour Street Shelter,KES,Recorder,\n"
        "F,f@example.net,Harbour Street Shelter,NIA,Emperor,\n"
        "G,g@example.net,Harbour Street Shelter,NIA,Recorder,31/12/2099\n"
        "H,h@example.net,Harbour Street Shelter,NIA,Recorder,2001-01-01\n"
        "A. Newcomer,A@example.net,Harbour Street Shelter,NIA,representative,\n"
        "Someone Else,a@example.net,Harbour Street Shelter,NIA,Recorder,\n"
        f"I,{cast.shelter_rep.email},Harbour Street Shelter,NIA,representative,\n"
        ",j@example.net,Harbour Street Shelter,NIA,Recorder,\n"
        "K,k@example.net,Harbour Street Shelter,NIA,Guest,\n"
        "L,l@example.net,Harbour Street Shelter,NIA,Recorder,,too,many\n"
    )
    assert _mistakes(cast, content) == [
        (4, "email"), (5, "agency"), (6, "table"), (7, "role"), (8, "until"), (9, "until"), (10, "email"),
        (11, "name"), (12, "role"), (13, "name"), (14, "role"), (15, ""),
    ]  # fmt: skip
    before = Member.objects.count()
    with acting_as(cast.administrator), pytest.raises(NotPossible):
        people_import.carry_out(content, by=cast.administrator)
    assert Member.objects.count() == before


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+1",
        "@cmd",
        "-2+3",
        "<script>alert(1)</script>",
        "a\u202egnp",
        "tab\there",
        "x" * 121,
        "\u0007",
    ],
)
def test_hostile_cells_are_refused_where_they_stand(cast: Cast, name: str) -> None:
    content = _HEAD + f'"{name}",a@example.net,Harbour Street Shelter,NIA,Recorder,\n'
    assert _mistakes(cast, content) == [(2, "name")]
    page = text(Browser(cast.administrator).post("people_import", text=content))
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "content", ["", "\n\n", "name,agency\nA,B\n", _HEAD, _HEAD + 'A,"open,x', "\x00\x01", _HEAD * 600]
)
def test_what_is_no_file_of_people_is_refused_whole(cast: Cast, content: str) -> None:
    upload = SimpleUploadedFile("x.csv", content.encode())
    answer = Browser(cast.administrator).post("people_import", file=upload, do="import")
    assert answer.status_code == 200
    assert not Member.objects.filter(email__endswith="@example.net").exists()


def test_a_file_names_people_at_the_own_table_only(cast: Cast) -> None:
    for key in cast.everybody:
        if key != "administrator":
            assert Browser(cast.people[key]).post("people_import", text=_GOOD, do="import").status_code == 404, key
