"""Filing is tried as the journeys are: by the people of the cast, in browsers of their own."""

from __future__ import annotations

import pytest

from privacy.context import acting_as
from situations.lifecycle import open_draft
from tests.cast import Cast
from tests.journeys.conftest import company as company


@pytest.fixture
def sections(committed_cast: Cast) -> str:
    """Where the sections of a shelter's new draft are. Nothing is in it: what is typed or chosen saves itself."""
    cast = committed_cast
    with acting_as(cast.shelter_rep):
        draft = open_draft(table=cast.nia, agency=cast.agencies["shelter"], by=cast.shelter_rep)
    return f"/situations/{draft.pk}/edit"
