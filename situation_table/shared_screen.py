"""Which addresses open while a session's screen is being shared? What a meeting needs; everything else is neutral.

What they show is the table's part at filter 2 (privacy/access.py); no address of a reveal is here (docs/adr/0043).
"""

from __future__ import annotations

#: The meeting's own screen also keeps the session awake: it stands unattended on a wall.
STAYS_AWAKE = frozenset({"meeting_screen"})
OPENS = STAYS_AWAKE | frozenset(
    {
        "present_begin", "present_end", "lock", "here", "again", "logout", "sharing",
        "meetings", "meeting", "meeting_do", "meeting_now", "meeting_control", "meeting_turn", "meeting_drive",
        "meeting_undo", "meeting_leaves", "meeting_minutes",
        "situation", "act", "live_meeting", "live_situation", "live_huddle",
    }
)  # fmt: skip
