"""Where is a real browser, and how is it started so that it talks to nobody but us?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

__all__ = ("Browser", "find_chromium", "launched")

#: The one without windows first: the same engine at half the cost of a page.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def find_chromium() -> Path | None:
    """An installed Chromium or Chrome, else the one Playwright downloaded, else None."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return next(iter(sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True)), None)


@contextmanager
def launched(path: Path) -> Iterator[Browser]:
    """Start it headless."""
    # Playwright keeps an event loop in this thread, which Django takes for async code; the tests are not.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()
