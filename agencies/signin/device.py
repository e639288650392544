"""What device is it, in words that its owner knows and nobody else can follow? Browser and system, no version."""

from __future__ import annotations

from django.utils.translation import gettext as _

# In the order in which they are looked for: most browsers also say the names of others.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def coarse(user_agent: str) -> str:
    """As it is kept: `browser|system`, either part empty when it is another one."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser}|{system}"


def words(kept: str) -> str:
    """As it is read."""
    browser, _bar, system = kept.partition("|")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that is not recognised")
