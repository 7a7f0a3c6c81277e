"""Compiles the message catalogues without gettext's own programs, which a new machine may lack."""

from pathlib import Path

from django.utils.translation.reloader import translation_file_changed

from kesos_repo.paths import ROOT


def catalogues() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_stale() -> int:
    """Write the .mo beside each .po that is newer than it; returns how many."""
    stale = [path for path in catalogues() if _is_stale(path)]
    for path in stale:
        _compile(path)
    return len(stale)


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    import polib

    scratch = source.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(scratch))
    target = scratch.replace(source.with_suffix(".mo"))
    translation_file_changed(None, target)  # this process has read the old ones; the demo that it loads needs the new
