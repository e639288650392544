"""Filing is tried as the journeys are: by the people of the cast, in browsers of their own."""

from tests.journeys.conftest import company as company
