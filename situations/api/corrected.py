"""How does a program read what an entry said before it was corrected?"""

from __future__ import annotations

from rest_framework import serializers

from situations.seen import SeenContactCorrected, SeenCorrection


class ContactCorrected(serializers.Serializer[SeenContactCorrected]):
    """An entry of a contact that was corrected, with why it was wrong and when that was entered."""

    contacted_at = serializers.DateTimeField()
    agency = serializers.CharField()
    result = serializers.CharField()
    consent_outcome = serializers.CharField()
    subject = serializers.IntegerField()
    why = serializers.CharField()
    at = serializers.DateTimeField()


class Correction(serializers.Serializer[SeenCorrection]):
    """An ending that was corrected: what it said, why that was wrong, and when that was entered."""

    was = serializers.CharField()
    why = serializers.CharField()
    at = serializers.DateTimeField()
