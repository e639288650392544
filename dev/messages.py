"""Are the translations compiled? Every .po becomes its .mo, without gettext's own tools (`make messages`)."""

from __future__ import annotations

from pathlib import Path

import polib

from dev.installation import ROOT


def compile_all(root: Path = ROOT / "locale") -> int:
    """Compile what is newer than its compiled form; returns how many were."""
    done = 0
    for source in sorted(root.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        unfinished = target.with_suffix(".new")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        done += 1
    return done


if __name__ == "__main__":
    print(f"{compile_all()} compiled")
