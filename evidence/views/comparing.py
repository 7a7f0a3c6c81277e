"""Findings or outputs side by side, as a page and as files."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from evidence.comparing import docx, xlsx
from evidence.comparing.asked import LEAST, MOST, Asked, Kind, read, typed_one
from evidence.comparing.table import Comparison, comparison_of_findings, comparison_of_outputs
from evidence.queries import comparing as queries
from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous


@dataclass(frozen=True, slots=True)
class Found:
    """`keys` of those that are public; `offered` could be added: (key, title, language)."""

    comparison: Comparison
    keys: tuple[str, ...]
    offered: tuple[tuple[str, str, str], ...] = ()


@public
@cached_for_anonymous
@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    asked = read(request.GET)
    if typed := request.GET.get("tambah", "").strip():
        return _with_one_more(asked, typed)
    found = _find(asked, with_offers=True)
    context = {
        "asked": asked,
        "comparison": found.comparison,
        "keys": ",".join(found.keys),
        "notices": [*_notices(asked, found.keys), *_refused(request)],
        "missing": max(0, LEAST - len(found.keys)),
        "most": MOST,
        "offered": _offers(asked, found),
        "may_add": len(found.keys) < MOST,
        "query": asked.query(found.keys),
        "toggle": asked.query(found.keys, only_different=not asked.only_different),
    }
    return render(request, "evidence/comparing/page.html", context)


def _find(asked: Asked, *, with_offers: bool = False) -> Found:
    if asked.kind is Kind.FINDINGS:
        findings = queries.findings_to_compare(asked.keys)
        offered = queries.findings_alike(findings) if with_offers else []
        return Found(
            comparison_of_findings(asked, findings),
            tuple(str(finding.pk) for finding in findings),
            tuple((str(one.pk), str(one.statement), one.statement.language) for one in offered),
        )
    outputs = queries.outputs_to_compare(asked.keys)
    others = queries.outputs_alike(outputs) if with_offers else []
    return Found(
        comparison_of_outputs(asked, outputs),
        tuple(str(one.output.public_id) for one in outputs),
        tuple((str(o.public_id), o.current.title, o.current.title_language) for o in others if o.current),
    )


def _offers(asked: Asked, found: Found) -> list[tuple[str, str, str]]:
    """(address, title, language) of what one link adds."""
    return [(asked.query([*found.keys, key]), title, language) for key, title, language in found.offered]


def _with_one_more(asked: Asked, typed: str) -> HttpResponse:
    """What was typed joins the comparison, or the page says that it could not."""
    kind, key = typed_one(typed, asked.kind)
    if not key or (kind is not asked.kind and asked.keys):
        query = urlencode({"ditolak": typed[:40]})
        return redirect(f"{reverse('evidence:compare')}?{asked.query(asked.keys)}&{query}")
    keys = dict.fromkeys([*(asked.keys if kind is asked.kind else ()), key])
    query = Asked(kind=kind, only_different=asked.only_different).query(keys)
    return redirect(f"{reverse('evidence:compare')}?{query}")


def _refused(request: HttpRequest) -> list[str]:
    typed = request.GET.get("ditolak", "")[:40]
    if not typed:
        return []
    return [_("“%(typed)s” could not be added: it is none of the same kind.") % {"typed": typed}]


def _notices(asked: Asked, found: tuple[str, ...]) -> list[str]:
    notices = []
    if asked.has_both:
        notices.append(_("Findings and publications cannot stand in one table. The findings were kept."))
    if unknown := [*asked.unread, *(_named(asked.kind, key) for key in asked.keys if key not in found)]:
        text = ngettext(
            "Left out, since it is not public or does not exist: %(names)s.",
            "Left out, since they are not public or do not exist: %(names)s.",
            len(unknown),
        )
        notices.append(text % {"names": ", ".join(unknown)})
    if asked.left_out:
        text = _("At most %(most)d can be compared. Left out: %(names)s.")
        notices.append(text % {"most": MOST, "names": "; ".join(_titles(asked))})
    return notices


def _titles(asked: Asked) -> list[str]:
    """Of those that were too many: a number would tell nobody which they are."""
    known = queries.titles_of(asked.kind, asked.left_out)
    return [f"“{known[key]}”" if key in known else _named(asked.kind, key) for key in asked.left_out]


def _named(kind: Kind, key: str) -> str:
    if kind is Kind.FINDINGS:
        return _("finding %(key)s") % {"key": key}
    return _("publication %(key)s") % {"key": key}


@public
@require_safe
def compare_xlsx(request: HttpRequest) -> HttpResponse:
    return _file(request, "xlsx", xlsx.MIME, xlsx.workbook_of)


@public
@require_safe
def compare_docx(request: HttpRequest) -> HttpResponse:
    return _file(request, "docx", docx.MIME, docx.document_of)


def _file(request: HttpRequest, extension: str, mime: str, make: Any) -> HttpResponse:
    asked = read(request.GET)
    found = _find(asked)
    if len(found.keys) < LEAST:
        raise Http404
    address = f"{reverse('evidence:compare')}?{asked.query(found.keys)}"
    response = HttpResponse(make(found.comparison, address), content_type=mime)
    kind = _("comparison")
    name = f"repositori-kesos-{kind}-{timezone.localdate().isoformat()}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response
