"""Whatever is sent to the pages for writing about evidence: refused or kept as text, never a broken page."""

from typing import Any

import pytest
from django.test import Client

from evidence.models import Brief, Finding, Opportunity, Question, Recommendation, Use
from tests.factories.accounts import make_user
from tests.factories.asking import make_opportunity, make_question, official
from tests.factories.briefs import make_brief
from tests.factories.evidence import curator, make_finding, make_recommendation
from tests.factories.publications import make_output
from tests.factories.uses import make_use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
VALUES = ["", " ", "\0", "a\0b", "x" * 10_000, "-1", "9" * 40, "1e9", "2026-13-45", "<b>'\";--", "\U0001f600" * 300]
FIELDS = (
    "title_id", "title_en", "message_id", "text_id", "text_en", "text", "answer_id", "statement_id", "size_value",
    "sample_size", "years_from", "page", "cost_amount", "pmks", "provinces", "service", "outcome", "direction",
    "method", "file", "findings", "addressee", "addressee_kind", "kind", "date", "closes_on", "issuer", "url",
    "number", "how_id", "state", "note_id", "value", "reason_id", "reason", "reason-reason", "return-reason",
    "withdraw-reason", "decline-reason", "clear-reason", "message", "result_id", "language", "background", "seen",
    "revision", "do", "cari", "take", "temuan", "risalah", "may_show", "is_another", "organisation",
)  # fmt: skip


def paths() -> dict[str, str]:
    """One of everything that can be written to, and the role that may."""
    output = make_output()
    finding = make_finding(output, "proposed")
    checked = make_finding(output)
    recommendation, waiting = make_recommendation(checked), make_recommendation(checked, is_checked=False)
    use, question, opportunity, brief = (
        make_use(state="reported"),
        make_question(),
        make_opportunity("posted"),
        make_brief(),
    )
    version = output.versions.get()
    return {
        f"/unggah/{version.pk}/temuan/baru/": "curator",
        f"/unggah/temuan/{make_finding(output, 'draft').pk}/": "owner",
        f"/unggah/{version.pk}/rekomendasi/baru/": "owner",
        f"/unggah/{version.pk}/ringkasan/": "owner",
        f"/kurasi/temuan/{finding.pk}/kembalikan/": "curator",
        f"/kurasi/temuan/{finding.pk}/nilai/strength/": "curator",
        f"/kurasi/rekomendasi/{waiting.pk}/periksa/": "curator",
        f"/kurasi/rekomendasi/{waiting.pk}/kembalikan/": "curator",
        f"/bukti/rekomendasi/{recommendation.pk}/": "curator",
        f"/bukti/penggunaan/lapor/{output.public_id}/": "reader",
        f"/kurasi/penggunaan/{use.pk}/tolak/": "curator",
        "/tanya/baru/": "reader",
        f"/kurasi/pertanyaan/{question.pk}/": "curator",
        f"/kurasi/pertanyaan/{question.pk}/tolak/": "curator",
        "/kerja-sama/baru/": "reader",
        f"/kerja-sama/{opportunity.pk}/sunting/": "poster",
        f"/kurasi/kerja-sama/{opportunity.pk}/kembalikan/": "curator",
        f"/risalah/{brief.pk}/": "writer",
        "/risalah/tambah/": "writer",
    }


def person_of(role: str) -> Any:
    from accounts.models import User

    emails = {"poster": "pemilik@contoh.id", "writer": "penulis@contoh.id"}
    if role == "curator":
        return curator(3)
    if role == "reader":
        return make_user("pembaca@contoh.id")
    if role == "owner":
        return Finding.objects.filter(state="draft").latest("pk").output.owner
    return User.objects.get(email=emails[role])


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_every_field_of_every_form(client: Client, value: str) -> None:
    known = paths()
    people = {role: person_of(role) for role in set(known.values())}
    before = Brief.objects.count(), Question.objects.count(), Opportunity.objects.count(), Use.objects.count()
    for path, role in known.items():
        client.force_login(people[role])
        response = client.post(path, dict.fromkeys(FIELDS, value), follow=True)
        assert response.status_code in (200, 403, 404, 409, 422), (path, response.status_code)
        assert "<b>'" not in response.content.decode()
    assert before == (Brief.objects.count(), Question.objects.count(), Opportunity.objects.count(), Use.objects.count())


def test_what_is_anothers_stays_as_it_is(client: Client) -> None:
    known = paths()
    client.force_login(make_user("asing@contoh.id"))
    before = list(Finding.objects.values()), list(Recommendation.objects.values()), list(Opportunity.objects.values())
    for path, role in known.items():
        if role != "reader" and path != "/risalah/tambah/":
            assert client.post(path, dict.fromkeys(FIELDS, "1")).status_code in (403, 404), path
    after = list(Finding.objects.values()), list(Recommendation.objects.values()), list(Opportunity.objects.values())
    assert after == before


def test_a_question_sent_twice_is_asked_once(client: Client) -> None:
    from taxonomy.models import Pmks

    client.force_login(official())
    topic = Pmks.objects.get(code="PMKS-08").pk
    data = {"pmks": topic, "text": "Berapa biayanya?", "language": "id", "seen": topic}
    for _ in range(3):
        client.post("/tanya/baru/", data)
    assert Question.objects.count() == 1
