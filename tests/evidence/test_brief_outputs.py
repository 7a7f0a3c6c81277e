"""A published brief on its own page, and how many documents one person can make."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import LogEntry
from evidence import rules
from evidence.actions import briefs, findings
from publications.actions.reading import fill
from publications.models import Identifier, IdentifierScheme
from publications.pdf.suggest import Suggested, Suggestions
from tests.factories.accounts import make_user
from tests.factories.briefs import make_brief, published
from tests.factories.evidence import curator, make_finding, make_ratings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


class TestPage:
    def test_lists_its_findings_in_its_order(self, client: Client) -> None:
        first, second = make_finding(statement_id="Yang kedua."), make_finding(statement_id="Yang pertama.")
        make_ratings(first, 3)
        brief = make_brief(findings=[second, first])
        briefs.save(brief, {}, {second.pk: {"note_id": "Mulailah di sini."}}, by=brief.owner)
        brief.refresh_from_db()
        page = f"/publikasi/{published(brief).output.public_id}/"
        html = client.get(page).content.decode()
        section = html[html.index('id="temuan-risalah"') :]
        assert section.index("Mulailah di sini.") < section.index("Yang pertama.") < section.index("Yang kedua.")
        for expected in (f'href="/bukti/temuan/{first.pk}/"', "membaik", "sedang", "belum dinilai"):
            assert expected in section
        assert "Biayai dari dana desa." in html  # the message, as abstract
        assert "Findings of this policy brief" in client.get(f"/en{page}").content.decode()

    def test_the_message_where_the_abstract_says_something_else(self, client: Client) -> None:
        version = published(make_brief())
        page = f"/publikasi/{version.output.public_id}/"
        assert "Pesan utama" not in client.get(page).content.decode()
        version.abstract_id = version.abstract_en = "Abstrak lain."
        version.save(update_fields=["abstract_id", "abstract_en"])
        cache.clear()
        html = client.get(page, {"x": "1"}).content.decode()
        assert "Pesan utama" in html and "Biayai dari dana desa." in html

    def test_no_longer_what_was_withdrawn(self, client: Client) -> None:
        gone, stays = make_finding(statement_id="Yang ditarik."), make_finding(statement_id="Yang tetap.")
        page = f"/publikasi/{published(make_brief(findings=[gone, stays])).output.public_id}/"
        assert "Yang ditarik." in client.get(page).content.decode()
        findings.withdraw(gone, "Keliru.", by=curator())
        html = client.get(page).content.decode()
        assert "Yang ditarik." not in html and "Yang tetap." in html and "1 temuan telah ditarik" in html

    def test_other_publications_have_none(self, client: Client) -> None:
        page = f"/publikasi/{make_finding().output.public_id}/"
        assert "temuan-risalah" not in client.get(page).content.decode()

    def test_statements_do_not_grow_with_its_findings(self, client: Client) -> None:
        pages = [
            f"/publikasi/{published(make_brief(findings=[make_finding() for _ in range(n)])).output.public_id}/"
            for n in (1, 4)
        ]
        counts = []
        for page in pages:
            client.get(page, {"x": "warm"})
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            counts.append(len(seen))
        assert counts[0] == counts[1]


class TestLimit:
    def made(self, by: Any, number: int, minutes_ago: int = 5) -> None:
        at = timezone.now() - datetime.timedelta(minutes=minutes_ago)
        for _ in range(number):
            LogEntry.objects.create(actor=by, action="brief.made", target="evidence.brief:1", at=at)

    def test_one_more_than_allowed_is_refused_and_nothing_is_lost(self, client: Client) -> None:
        brief = make_brief()
        self.made(brief.owner, rules.MOST_MADE_AN_HOUR)
        client.force_login(brief.owner)
        html = client.post(f"/risalah/{brief.pk}/jadikan/", follow=True).content.decode()
        assert "paling banyak 10 dokumen dalam satu jam" in html and "Tulisan Anda tersimpan" in html
        brief.refresh_from_db()
        assert brief.output is None and brief.title_id

    def test_what_is_older_or_of_others_does_not_count(self) -> None:
        brief = make_brief()
        self.made(brief.owner, rules.MOST_MADE_AN_HOUR - 1)
        self.made(brief.owner, 5, minutes_ago=61)
        self.made(make_user("lain@contoh.id"), rules.MOST_MADE_AN_HOUR)
        assert briefs.make_output(brief, by=brief.owner).pk
        with pytest.raises(briefs.TooManyMade) as refused:
            briefs.make_output(brief, by=brief.owner)
        assert refused.value.again_at > timezone.now()


def test_its_document_does_not_lend_it_the_doi_of_a_source() -> None:
    finding = make_finding()
    theirs, other = "10.5555/jcks.v7i2.90", "10.5555/jcks.v9i1.1"
    Identifier.objects.create(version=finding.version, scheme=IdentifierScheme.DOI, value=theirs)
    brief = make_brief(findings=[finding])
    version = briefs.make_output(brief, by=brief.owner)
    fill(version, Suggestions(doi=Suggested(theirs.upper(), 2)))
    assert not version.identifiers.exists() and "identifiers" not in version.suggestions
    fill(version, Suggestions(doi=Suggested(other, 1)))
    assert version.identifiers.get().value == other
