"""Where do wrapped data keys live, and who witnesses the ledger from outside its database?

On a second PostgreSQL server (alias `keys`): one cluster shares its write-ahead log and physical backups between
databases, so another database in the same cluster would not do (architecture.md, "Vault").
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class DataKey(models.Model):
    """A random data key of one situation and level, wrapped under the key-encryption key. Deleting it destroys."""

    ref = models.UUIDField()
    level = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("ref", "level"), name="one_key_per_level"),)

    def __str__(self) -> str:
        return f"data key {self.pk}"


class ShreddedKey(models.Model):
    """A situation (and level, '' = all) whose keys were destroyed: no key is ever made for it again."""

    ref = models.UUIDField()
    level = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("ref", "level"), name="shredded_once"),)

    def __str__(self) -> str:
        return f"shredded key {self.pk}"


class Witness(models.Model):
    """A signed checkpoint of one table's chain, as held by the second server. Inserted only."""

    table_id = models.BigIntegerField()
    number = models.BigIntegerField()
    line = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = (models.Index(fields=("table_id", "number"), name="witness_by_table"),)

    def __str__(self) -> str:
        return f"witness {self.pk}"
