"""What does stepping away from an item do, in sentences, before it is confirmed? (R58)

It cannot be taken back: who had a conflict once is not let in again by a second thought.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from privacy.vocabulary import Audience
from situations.scene import Scene
from situations.vocabulary import OPEN_STATES


def what_recusing_does(scene: Scene) -> list[str]:
    """The sentences of its page, for this member in this relation to the item."""
    said = [
        _("You step away because you have a conflict of interest. Nobody asks which, and no reason is kept."),
        _("The item closes for you at once, on every page and every list. It cannot be opened for you again."),
    ]
    if scene.engagement is not None and scene.state in OPEN_STATES:
        said.append(
            _("You no longer act in it for %(agency)s: your agency has to name somebody else.")
            % {"agency": scene.engagement.agency.name}
        )
    if Audience.FACILITATOR in scene.relation.audiences and scene.state in OPEN_STATES:
        said.append(_("You no longer decide on it: another facilitator has to."))
    said.append(_("Who may read the ledger of this item sees that you stepped away, and when."))
    return said
