"""How is text sealed, opened and destroyed?

AES-256-GCM with one random data key per situation and level (`f1`, `f2`, `c:<compartment>`); the associated data bind
a ciphertext to its situation, level, item and version, so a moved or replayed one fails. Data keys are wrapped under
the key-encryption key and live on the second server. Destroying a level is deleting its key (architecture.md, "Vault").
This file and `signing.py` are the only ones that touch the cryptography library.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction

from privacy.decision import Denied, hide
from privacy.keys.models import DataKey, ShreddedKey

F1, F2 = "f1", "f2"
#: Level and item of what is sealed under the receipt of a transfer.
GROUNDS = "grounds"


class Unreadable(Exception):
    """Sealed text that cannot be opened: its key is destroyed, or the row was moved or altered."""


class Destroyed(Unreadable):
    """The key is gone: whoever reads in the moment of a rejection finds nothing, as everybody does afterwards."""


class StaleText(Exception):
    """Somebody else saved this text in the meantime; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed item as stored: nonce and ciphertext, with the version they are bound to."""

    item: str
    version: int
    nonce: bytes
    ciphertext: bytes


def seal(ref: UUID, level: str, item: str, text: str, *, seen_version: int) -> int:
    """Seal one text; returns its new version. Needs a member context that PostgreSQL lets write at this level.

    `seen_version` is the version the writer last saw (0 = none). Raises StaleText when another version is there by
    now, Denied where PostgreSQL refuses the writer.
    """
    version = seen_version + 1
    nonce = os.urandom(12)
    key = _data_key(ref, level, create=True)
    ciphertext = AESGCM(key).encrypt(nonce, text.encode(), _bound(ref, level, item, version))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT vault.seal(%s, %s, %s, %s, %s, %s)", [ref, level, item, version, nonce, ciphertext])
            row = cursor.fetchone()
    except ProgrammingError:
        raise Denied(hide("not-yours-to-write")) from None
    if row is None or not row[0]:
        raise StaleText("stale")
    return version


def read_screened(ref: UUID, level: str) -> dict[str, tuple[str, int]]:
    """The texts of F1 (own agency) or F2 (seated table) that PostgreSQL lets the current member read.

    Returns item -> (text, version); empty when there is none or the member may not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT item, version, nonce, ciphertext FROM vault.read_screened(%s, %s)", [ref, level])
        rows = [Sealed(i, v, bytes(n), bytes(c)) for i, v, n, c in cursor.fetchall()]
    try:
        return opened(ref, level, rows)
    except Destroyed:
        return {}


def seal_grounds(receipt: UUID, text: str) -> None:
    """Seal the grounds of a transfer under the receipt of the ledger row this transaction appended for it."""
    nonce = os.urandom(12)
    key = _data_key(receipt, GROUNDS, create=True)
    ciphertext = AESGCM(key).encrypt(nonce, text.encode(), _bound(receipt, GROUNDS, GROUNDS, 1))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT vault.seal_grounds(%s, %s, %s)", [receipt, nonce, ciphertext])
    except ProgrammingError:
        raise Denied(hide("not-yours-to-write")) from None


def read_grounds(receipt: UUID) -> str:
    """The grounds of a transfer, for their author and the own agency's privacy lead; empty for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT item, version, nonce, ciphertext FROM vault.read_grounds(%s)", [receipt])
        rows = [Sealed(i, v, bytes(n), bytes(c)) for i, v, n, c in cursor.fetchall()]
    try:
        return opened(receipt, GROUNDS, rows).get(GROUNDS, ("", 0))[0]
    except Destroyed:
        return ""


def opened(ref: UUID, level: str, rows: Iterable[Sealed]) -> dict[str, tuple[str, int]]:
    """Open sealed rows of one level. Raises Unreadable when a key is gone or a row does not belong here."""
    rows = list(rows)
    if not rows:
        return {}
    key = AESGCM(_data_key(ref, level, create=False))
    try:
        return {
            r.item: (key.decrypt(r.nonce, r.ciphertext, _bound(ref, level, r.item, r.version)).decode(), r.version)
            for r in rows
        }
    except InvalidTag:
        raise Unreadable("altered") from None


def shred(ref: UUID, level: str = "") -> int:
    """Delete the data keys of a situation (one level, or all) on the second server; returns how many. Idempotent.

    The marker comes first, so a writer that is still under way cannot make a new key afterwards.
    """
    with transaction.atomic(using="keys"):
        ShreddedKey.objects.using("keys").get_or_create(ref=ref, level=level)
        keys = DataKey.objects.using("keys").filter(ref=ref)
        deleted, _ = (keys.filter(level=level) if level else keys).delete()
    return deleted


def has_keys(ref: UUID) -> bool:
    """Whether the second server still holds any data key of a situation."""
    return DataKey.objects.using("keys").filter(ref=ref).exists()


def changed_items(before: Mapping[str, tuple[str, int]], after: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """The items whose text differs from what is stored: item -> (new text, version last seen)."""
    return {
        item: (text, before.get(item, ("", 0))[1])
        for item, text in after.items()
        if text != before.get(item, ("", 0))[0]
    }


def _bound(ref: UUID, level: str, item: str, version: int) -> bytes:
    return f"{ref}|{level}|{item}|{version}".encode()


def _data_key(ref: UUID, level: str, *, create: bool) -> bytes:
    keys = DataKey.objects.using("keys")
    found = keys.filter(ref=ref, level=level).first()
    if found is None and create:
        found = _make_key(ref, level)
    if found is None:
        raise Destroyed("no-key")
    wrapped = bytes(found.wrapped)
    try:
        return AESGCM(settings.KEY_ENCRYPTION_KEY).decrypt(wrapped[:12], wrapped[12:], f"{ref}|{level}".encode())
    except InvalidTag:
        raise Unreadable("wrong-key-encryption-key") from None


def _make_key(ref: UUID, level: str) -> DataKey:
    """The key exists before anything is sealed under it; of two writers at once the first one's key stands."""
    if ShreddedKey.objects.using("keys").filter(ref=ref, level__in=("", level)).exists():
        raise Destroyed("destroyed")
    nonce = os.urandom(12)
    wrapped = nonce + AESGCM(settings.KEY_ENCRYPTION_KEY).encrypt(
        nonce, AESGCM.generate_key(256), f"{ref}|{level}".encode()
    )
    try:
        with transaction.atomic(using="keys"):
            return DataKey.objects.using("keys").create(ref=ref, level=level, wrapped=wrapped)
    except IntegrityError:
        return DataKey.objects.using("keys").get(ref=ref, level=level)
