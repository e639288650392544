"""Which verbs run by the clock, and how often?

One list, read by the beat (with a broker) and by the ticker (without): whatever runs in production runs in the demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Sweep:
    """A verb by its dotted path, and the seconds between two runs. Every verb is safe to run twice at once."""

    verb: str
    every: int

    def run(self) -> Any:
        """Run the verb here and now."""
        return import_string(self.verb)()


SWEEPS: tuple[Sweep, ...] = (
    # What a transition queued and no worker has done yet.
    Sweep("situations.outbox.sweep", 5),
    # The meetings of weekly series, weeks ahead, and who is told of the next one.
    Sweep("situations.series.sweep", 10 * 60),
    # The ledger's rows are numbered and hashed within a minute (architecture.md, "Ledger").
    Sweep("privacy.sealer.seal", 60),
    # The whole ledger is held against its checkpoints; the privacy officer's first page says what was found.
    Sweep("privacy.ledger_check.sweep", 6 * 60 * 60),
    # Keys whose tombstone was committed while the second server was away.
    Sweep("privacy.destruction.finish_all", 60),
    # Letters about agreements, undertakings and guests; who is told that a signature runs out.
    Sweep("agencies.paper_letters.sweep", 10),
    Sweep("agencies.expiry.sweep", 60 * 60),
    # Agencies go on with the newest words of their sector from the day on which those begin.
    Sweep("agencies.sector_editor.follow", 60 * 60),
    # Sessions that ended, wrong tries of long ago.
    Sweep("agencies.signin.sweep.sweep", 60 * 60),
    # The last quarter and year of each table as drafts, and letters about drafts and releases.
    Sweep("reports.releases.schedule.sweep", 10 * 60),
    Sweep("reports.releases.letters.sweep", 60),
    # What has reached the end of its retention.
    Sweep("situations.retention.sweep", 60 * 60),
    Sweep("privacy.grounds.sweep", 60 * 60),
    Sweep("privacy.youth.sweep", 60 * 60),
)


def named(verb: str) -> Sweep:
    """The sweep of that name; a queue can start nothing that is not on the list. Raises LookupError."""
    for sweep in SWEEPS:
        if sweep.verb == verb:
            return sweep
    raise LookupError("not a sweep")


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The same list as Celery's beat takes it."""
    return {
        s.verb: {
            "task": "situation_table.sweep", "schedule": s.every, "args": [s.verb],
            # After an hour without workers the next round is enough; those missed would only run back to back.
            "options": {"expires": s.every},
        }
        for s in SWEEPS
    }  # fmt: skip
