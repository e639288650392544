"""How does the code list of sectors get in without a code ever changing meaning, and without undoing an edit?"""

import csv
from datetime import date
from pathlib import Path

from django.utils import timezone

from agencies.models import Sector

REFERENCE = Path(__file__).parent / "reference" / "sectors.csv"


def load(path: Path = REFERENCE, *, on: date | None = None) -> int:
    """Load the sectors from a CSV file; returns how many rows were new or got a new version. Idempotent."""
    today = on or timezone.localdate()
    changed = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            wanted = {
                "label_en": row["label_en"],
                "label_fr": row["label_fr"],
                "examples_en": row.get("examples_en") or row.get("examples") or "",
                "examples_fr": row.get("examples_fr") or "",
                "provenance": row["provenance"],
                "french_provenance": row.get("french_provenance") or "project translation",
            }
            versions = list(Sector.objects.filter(code=row["code"]).order_by("-version"))
            newest = versions[0] if versions else None
            had_before = any(all(getattr(s, k) == v for k, v in wanted.items()) for s in versions)
            # What an administrator wrote or retired stays (sector_editor), and old words are old news.
            if newest and (had_before or newest.written_by_id or newest.retired_on):
                continue
            if newest:
                newest.retired_on = today
                newest.save(update_fields=["retired_on"])
            version = newest.version + 1 if newest else 1
            Sector.objects.create(code=row["code"], version=version, valid_from=today, **wanted)
            changed += 1
    return changed
