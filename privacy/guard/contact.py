"""Is there a phone number, an e-mail address or a social-media name?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_EMAIL = re.compile(r"(?<![\w.+-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,5}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w-])(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]{0,3}\d{3}[ .-]{0,3}\d{4}(?![\w-])")


def contacts(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    for pattern, kind in ((_EMAIL, Kind.EMAIL), (_PHONE, Kind.PHONE)):
        for found in pattern.finditer(reading.low):
            yield found.start(), found.end(), kind
