"""Findings over the outputs of a prepared corpus, always the same: for the evidence map, its lists and topics."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

from bench import corpus

ENTERER = "penulis-temuan@bench.invalid"
BATCH = 5000
DIRECTIONS = ("better", "better", "mixed", "no_difference", "worse", "descriptive")
TOPIC = "lanjut-usia-terlantar"
PAGES = {
    "map": "/bukti/",
    "map, outcomes": "/bukti/?kolom=luaran",
    "map, two filters": "/bukti/?provinsi=jawa-tengah&kekuatan=2",
    "findings": "/bukti/temuan/",
    "findings of a cell": f"/bukti/temuan/?pmks={TOPIC}&layanan=rehsos-perawatan-dan-pengasuhan",
    "topic with findings": f"/topik/{TOPIC}/",
}


def prepare(number: int) -> None:
    """Adds them to the database that `corpus.prepare` has prepared last, unless they are there."""
    from evidence.models import Finding

    if Finding.objects.count() != number:
        Finding.objects.all().delete()
        _Maker(number).make()
        corpus._analyse()


class _Maker:
    def __init__(self, number: int) -> None:
        from accounts.models import User
        from publications.models import Output
        from taxonomy.models import Method, Outcome, Pmks, Province, Service

        self.number, self.dice = number, random.Random(number)
        self.curator = User.objects.get(email=corpus.CURATOR)
        known = User.objects.filter(email=ENTERER).first()
        self.enterer = known or User.objects.create_user(ENTERER, name="Penulis Temuan")
        self.outputs = list(Output.objects.public().order_by("pk").values_list("pk", "current_id"))
        models = {"pmks": Pmks, "services": Service, "outcomes": Outcome, "methods": Method, "provinces": Province}
        self.terms = {name: list(model.objects.active().values_list("pk", flat=True)) for name, model in models.items()}

    def make(self) -> None:
        from evidence.models import Finding
        from publications.models import Change

        for start in range(0, self.number, BATCH):
            made = Finding.objects.bulk_create(self._findings(min(BATCH, self.number - start)))
            self._link(made)
            self._rate(made)
        Change.objects.create(output_id=self.outputs[0][0])  # kept pages notice

    def _findings(self, number: int) -> Iterator[Any]:
        from evidence.models import Finding

        for _n in range(number):
            output, version = self.dice.choice(self.outputs)
            yield Finding(
                output_id=output,
                version_id=version,
                statement_id=corpus._text(self.dice, 16).capitalize() + ".",
                statement_en=corpus._text(self.dice, 16).capitalize() + ".",
                service_id=self._maybe("services"),
                outcome_id=self.dice.choice(self.terms["outcomes"]),
                method_id=self._maybe("methods"),
                direction=self.dice.choice(DIRECTIONS),
                sample_size=self.dice.choice((None, 30, 240, 1200)),
                strength=self.dice.choice((None, 1, 2, 2, 3, 3, 4)),
                applicability=self.dice.choice((None, 2, 3, 3, 4)),
                cost_amount=self.dice.choice((None, None, 1_250_000)),
                cost_basis_id="per orang per tahun",
                state="checked",
                entered_by=self.enterer,
                edited_by=self.enterer,
                checked_by=self.curator,
                checked_on=datetime.date(2026, 1, 1),
                proposed_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            )

    def _maybe(self, kind: str) -> int | None:
        return self.dice.choice(self.terms[kind]) if self.dice.random() < 0.85 else None

    def _link(self, made: list[Any]) -> None:
        """One or two PMKS, none to two provinces each."""
        from evidence.models import Finding

        for name, kind, least in (("pmks", "pmks", 1), ("provinces", "provinces", 0)):
            links: Any = getattr(Finding, name).through
            column = "pmks_id" if name == "pmks" else "province_id"
            links.objects.bulk_create(
                links(finding_id=finding.pk, **{column: term})
                for finding in made
                for term in self.dice.sample(self.terms[kind], self.dice.randint(least, 2))
            )

    def _rate(self, made: list[Any]) -> None:
        from evidence.models import Rating

        Rating.objects.bulk_create(
            Rating(finding=finding, kind=kind, value=value, reason_id="Desain.", rater=self.curator, rubric="2026")
            for finding in made
            for kind in ("strength", "applicability")
            if (value := getattr(finding, kind))
        )
