"""What changes at filter 1: the draft, its presentation, its withdrawal?"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from privacy import access, destruction, vault
from privacy.vocabulary import Filter
from risk.vocabulary import CodeList
from situations import agenda, drafted, erasure, marks
from situations.marks import SUMMARY
from situations.models import AffectedPerson, CodedFact, DiscussionCounter
from situations.outbox import owe_shredding
from situations.scene import Scene
from situations.vocabulary import ItemKind


def save(scene: Scene, data: dict[str, Any]) -> None:
    """Save the parts of the draft that were typed; absent parts stay as they are.

    `data`: discussion_type, persons [(age_group, sex, part)], screening [codes], likely_agencies, duty_acknowledged,
    facts {code list: entries}, texts {item: text}, seen {item: version}, seen_parts {section: print}. A text or a
    section that somebody else changed meanwhile raises StaleText and nothing of this save remains.
    """
    s = scene.situation
    prints = {name: drafted.part(s, name) for name in data.get("seen_parts", {})}
    if "discussion_type" in data:
        s.discussion_type = data["discussion_type"]
    if "persons" in data:
        s.persons.all().delete()
        for ordinal, (age_group, sex, part) in enumerate(data["persons"], 1):
            AffectedPerson.objects.create(
                situation=s, table_id=s.table_id, ordinal=ordinal, age_group=age_group, sex=sex, part=part
            )
    if "screening" in data:
        s.screening = sorted(data["screening"])
    if "likely_agencies" in data:
        s.likely_agencies.set(data["likely_agencies"])
    if "duty_acknowledged" in data:
        s.duty_to_report_acknowledged = bool(data["duty_acknowledged"])
    for code_list, entries in data.get("facts", {}).items():
        s.facts.filter(entry__code_list=CodeList(code_list)).delete()
        CodedFact.objects.bulk_create(CodedFact(situation=s, table_id=s.table_id, entry=e) for e in entries)
    for name, seen in data.get("seen_parts", {}).items():
        # Saying the same as what stands there now overwrites nobody.
        if prints[name] not in (seen, drafted.part(s, name)):
            raise vault.StaleText("part")
    if "texts" in data:
        _save_texts(scene, data["texts"], data.get("seen", {}))
    s.saved_at = timezone.now()
    s.save()


def _save_texts(scene: Scene, texts: dict[str, str], seen: dict[str, int]) -> None:
    stored = vault.read_screened(scene.situation.pk, vault.F1)
    for item, (text, version) in vault.changed_items(stored, texts).items():
        vault.seal(scene.situation.pk, vault.F1, item, text, seen_version=seen.get(item, version))
    if SUMMARY in texts:
        scene.situation.summary_written = bool(texts[SUMMARY].strip())


def present(scene: Scene, data: dict[str, Any]) -> None:
    """Seal the summary under the F2 key, give the number, show the item to the table, put it on the next agenda."""
    s, reason = scene.situation, data.get("marks_reason") or ""
    summary, left = marks.marks_left(scene)
    marks.require_reason(left, reason)
    # A return keeps the sealed F2 text, which F1 may not read: its version is how often it was presented before.
    before = s.history.filter(act="present").count()
    vault.seal(s.pk, vault.F2, SUMMARY, summary, seen_version=before)
    if not s.number:
        s.number = _next_number(scene)
    s.presented, s.presented_at, s.discussed_at = True, timezone.now(), None
    access.move(scene.access, Filter.F2, presented=True)
    agenda.put_on_next_agenda(s, ItemKind.NEW)
    if left:
        marks.record(scene, left, reason)


def _next_number(scene: Scene) -> str:
    """The next discussion number of the table and year, under the counter's lock (domain.md)."""
    year = timezone.localdate().year
    table = scene.situation.table
    DiscussionCounter.objects.get_or_create(table=table, year=year)
    counter = DiscussionCounter.objects.select_for_update().get(table=table, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{table.code}-{year}-{counter.last:04d}"


def discard(scene: Scene, data: dict[str, Any]) -> None:
    """A draft leaves no trace: rows, sealed text and keys go, nothing is counted."""
    ref = scene.situation.pk
    erasure.forget(ref)
    destruction.destroy_text(scene.access, recorded=False)
    owe_shredding(scene)
    scene.situation.delete()
    scene.access.delete()
    # The sweeper repeats it: the decision stands even where the key server is away.
    transaction.on_commit(lambda: destruction.finish(ref), robust=True)
