import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kesos_repo.paths import ROOT

# The content security policy forbids all of these in a page; mails are not pages.
RULES = {
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "a <style> body": re.compile(r"<style\b", re.IGNORECASE),
    "an event handler attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "a <script> body": re.compile(
        r"<script\b(?![^>]*\btype\s*=\s*[\"']?application/(?:ld\+)?json)[^>]*>(?!\s*</script>)", re.IGNORECASE
    ),
}
COMMENT = re.compile(r"{#.*?#}|{% comment.*?{% endcomment %}|<!--.*?-->", re.DOTALL)


class Command(BaseCommand):
    help = "Check that no template holds an inline script or style."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [fault for path in sorted((ROOT / "templates").rglob("*.html")) for fault in _faults_in(path)]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} inline scripts or styles")
        self.stdout.write("No template holds an inline script or style.")


def _faults_in(path: Path) -> Iterator[str]:
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text(encoding="utf-8"))
    for fault, line in find_faults(text):
        yield f"{path.relative_to(ROOT)}:{line}: {fault}"


def find_faults(text: str) -> Iterator[tuple[str, int]]:
    for name, pattern in RULES.items():
        for match in pattern.finditer(text):
            yield name, text.count("\n", 0, match.start()) + 1
