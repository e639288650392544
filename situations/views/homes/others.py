"""What may somebody do here who has neither lists nor a meeting? The agency's privacy lead, a guest, nobody."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.vocabulary import Role
from situations.views.homes.parts import Entering, Part, Side, point


def home(entering: Entering) -> Iterator[Part | Side]:
    """One list, of what each of these seats is for."""
    rows = []
    if entering.holds(Role.PRIVACY_LEAD):
        text = _("You see who has seen the situations of your agency, to answer access requests. Never the text.")
        rows.append(point(_("See the situations"), url=reverse("situations"), text=text))
    if entering.holds(Role.GUEST):
        text = _("You hear the items of one meeting while it sits, without names.")
        rows.append(point(_("See the meetings"), url=reverse("meetings"), text=text))
    if rows:
        yield Part("here", _("What you do here"), rows, "", "")
    if not entering.seats:
        yield Part(
            "here", _("What you do here"), [], _("There is nothing for you to do here."),
            _("If you should have a seat at a table, ask the lead of your agency to offer you one."),
        )  # fmt: skip
