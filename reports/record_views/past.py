"""Which page brings a table's past in? Choose a file, have it checked, say what its columns and words are, import.

The file is read in memory and never kept: a legacy spreadsheet may hold names. So it is sent twice, to be checked and
to be imported; with JavaScript the page stays, and the file stays chosen (static/js/files.js). Whatever was said of its
columns and words comes back with every answer, whether a file came with it or not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from reports.importing import batches, undoing, words
from reports.importing.batches import Outcome
from reports.importing.layout import columns
from reports.importing.problems import UnreadableFileError
from reports.models import ImportBatch
from reports.record_views.desk import Desk, desk_of
from reports.record_views.past_forms import (
    FileForm,
    WordsForm,
    answered,
    asked_columns,
    chosen_columns,
    said_words,
)  # fmt: skip

_MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
def import_past(request: HttpRequest, table: str) -> HttpResponse:
    """Check a file, or import it: all of it or nothing."""
    desk = desk_of(request, table, recorder=True)
    if request.method != "POST":
        return _page(request, desk, FileForm())
    form = FileForm(request.POST, request.FILES, unknown=asked_columns(request.POST))
    if not form.is_valid():
        return _page(request, desk, form)
    file: IO[bytes] = form.cleaned_data["file"].file  # in memory (settings.FILE_UPLOAD_HANDLERS)
    try:
        once = words.learn(file, chosen_columns(request.POST), table=desk.table, by=desk.by)
        unknown = words.unknown_columns(file, table=desk.table, words=once.values())
        answers, dry_run = answered(request.POST), "import" not in request.POST
        done = batches.import_file(
            file, table=desk.table, by=desk.by, dry_run=dry_run, words=once.values(), answers=answers
        )
        words.keep(done.used, answers, table=desk.table, by=desk.by)
    except UnreadableFileError as error:
        form.add_error("file", str(error))
        return _page(request, desk, form)
    if done.batch:
        messages.success(request, _imported(done))
        return redirect(f"{reverse('record')}?table={desk.table.code}")
    said = {place: means for place, (_list, _header, means) in once.items()}
    return _page(request, desk, FileForm(unknown=unknown, said=said), done, WordsForm(done))


@require_POST
def import_undo(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Take a whole import back."""
    batch = ImportBatch.objects.select_related("table").filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    gone = undoing.undo(batch_id, by=desk_of(request, batch.table.code, recorder=True).by)
    messages.success(
        request,
        ngettext(
            "The import is undone: %(n)s discussion is gone, and with it what the words of the file meant.",
            "The import is undone: %(n)s discussions are gone, and with them what the words of the file meant.",
            gone,
        )
        % {"n": gone},
    )
    return redirect(f"{reverse('record')}?table={batch.table.code}")


def _page(
    request: HttpRequest, desk: Desk, form: FileForm, done: Outcome | None = None, asked: WordsForm | None = None
) -> HttpResponse:
    named = done.problems[:_MOST_SHOWN] if done else []
    asked_now = asked.fields if asked else {}
    headers = {c.header_en: c.header for c in columns()}
    context = {
        "form": form, "desk": desk, "back_url": f"{reverse('record')}?table={desk.table.code}", "done": done,
        "problems": [str(replace(p, column=headers.get(p.column, p.column))) for p in named],
        "more": done.problem_count - len(named) if done else 0,
        "waiting": asked.waiting if asked else [], "said": asked.said if asked else [],
        "unseen": asked.hidden_fields() if asked else [],
        "kept": [(name, means) for name, means in said_words(request.POST).items() if name not in asked_now],
        "words_more": done.unmatched_more if done else 0,
        "checked": _checked(done) if done and done.ok else "", "limit": settings.FILE_UPLOAD_MAX_MEMORY_SIZE,
        "layout": [{"key": c.header, "value": ""} for c in columns()],
    }  # fmt: skip
    return render(request, "reports/import.html", context)


def _checked(done: Outcome) -> str:
    return ngettext(
        "%(n)s discussion can be imported: %(met)s met the threshold, presented %(first)s to %(last)s.",
        "%(n)s discussions can be imported: %(met)s met the threshold, presented %(first)s to %(last)s.",
        done.read,
    ) % {"n": done.read, "met": done.accepted, "first": _day(done.first_day), "last": _day(done.last_day)}


def _imported(done: Outcome) -> str:
    return ngettext(
        "%(n)s discussion is imported and counts from now on.",
        "%(n)s discussions are imported and count from now on.",
        done.read,
    ) % {"n": done.read}


def _day(day: Any) -> str:
    return date_format(day) if day else ""
