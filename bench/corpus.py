"""Makes a database with so many outputs, always the same, through the bulk import; and names the measured pages."""

import gzip
import json
import os
import random
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kesos_repo import embedded
from kesos_repo.paths import var_dir

CURATOR = "kurator@bench.invalid"
WORDS = (
    "anak bantuan bencana berbasis budaya desa disabilitas ekonomi evaluasi fungsi hak jaminan kampung kebijakan"
    " keluarga kemandirian kerja keterampilan komunitas kota lanjut layanan lembaga lingkungan masyarakat mandiri model"
    " nelayan panti pekerja pelatihan pemberdayaan pembinaan pendamping penguatan pengasuhan perempuan perlindungan"
    " pesisir peran program rehabilitasi rumah sekolah sosial strategi studi sungai terlantar terpadu tradisi usaha"
    " usia wilayah"
).split()
GIVEN = "Siti Ahmad Maria Dewi Ketut Agus Yohana Rizal Nurul Bambang Lestari Andi Fitri Markus Wayan".split()
FAMILY = "Rahmawati Siregar Wulandari Lelang Nasution Pratama Sukarno Hutagalung Simanjuntak Tamo Wijaya Putri".split()
TYPES = ("c_18ws", "c_6501", "c_5794", "c_186u", "c_8042")
PDF_ROW = "bench-1"
PIECE = 50_000  # records in one file: the import takes no file of more than some hundred megabytes


def prepare(name: str, made: Iterable[dict[str, Any]]) -> None:
    """Build the database of that name from these records, and its search index, unless they stand already."""
    embedded.ensure_running()
    _use(name)
    _build_static()
    from django.core.management import call_command

    if _exists():
        call_command("migrate", verbosity=0)
    else:
        _fill(name, iter(made))
    _index()


def _fill(name: str, made: Iterator[dict[str, Any]]) -> None:
    from django.core.management import call_command

    from accounts.models import Role, User

    _create(name)
    call_command("migrate", verbosity=0)
    call_command("load_vocabularies", verbosity=0)
    User.objects.create_user(CURATOR, role=Role.CURATOR)
    path = var_dir() / f"{name}.jsonl.gz"
    while write(path, islice(made, PIECE)):
        call_command("import_outputs", str(path), source="bench", curator=CURATOR, publish=True, stdout=sys.stdout)
    _attach_pdf()
    _analyse()


def _index() -> None:
    from django.core.management import call_command

    from search.index import reading

    try:
        reading.current()
    except reading.IndexNotReady:
        call_command("reindex", "--anew", stdout=sys.stdout)


def _use(name: str) -> None:
    """Point Django at this database and index, also when others were measured in this process."""
    from django.conf import settings
    from django.db import connections

    os.environ["KESOS_BENCH_DATABASE"] = name
    os.environ["KESOS_SEARCH_DIR"] = str(var_dir() / f"search-{name}")
    settings.SEARCH_DIR = Path(os.environ["KESOS_SEARCH_DIR"])
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name


def _build_static() -> None:
    from kesos_repo import translations
    from kesos_repo.start.prepare import build_static, static_outdated

    translations.compile_stale()
    if static_outdated():
        build_static()


def _exists() -> bool:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    from django.db import ProgrammingError

    from publications.models import File

    try:
        file = File.objects.select_related("blob").first()  # the last step of the preparation
        return file is not None and file.blob.content.storage.exists(file.blob.content.name)
    except ProgrammingError:
        return False
    finally:
        connection.close()


def _create(name: str) -> None:
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")


def write(path: Path, made: Iterable[dict[str, Any]]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number, record in enumerate(made, 1):  # noqa: B007 - counted
            file.write(json.dumps(record) + "\n")
    return number


def records(size: int) -> Iterator[dict[str, Any]]:
    """Invented outputs: titles of 9 words, abstracts of 150, one to four of 5,000 authors, one or two PMKS."""
    dice = random.Random(size)
    for number in range(1, size + 1):
        kinds = sorted({dice.randint(1, 26) for _n in range(dice.randint(1, 2))})
        yield {
            "id": f"bench-{number}",
            "type": dice.choice(TYPES),
            "language": "id",
            "title_id": _text(dice, 9).capitalize(),
            "title_en": _text(dice, 9).capitalize(),
            "abstract_id": _text(dice, 150).capitalize() + ".",
            "abstract_en": _text(dice, 120).capitalize() + ".",
            "keywords_id": dice.sample(WORDS, 4),
            "authors": [_author(dice) for _n in range(dice.randint(1, 4))],
            "date": f"{dice.randint(2000, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            "publisher": "Puslitbang Bench",
            "pmks": [f"PMKS-{kind:02}" for kind in kinds],
            "licence": "CC-BY-4.0",
            "access": "open",
        }


def _text(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words))


def _author(dice: random.Random) -> dict[str, str]:
    number = dice.randrange(5000)
    given = GIVEN[number % len(GIVEN)] + f" {chr(65 + number // len(GIVEN) % 26)}."
    return {"given": given, "family": f"{FAMILY[number % len(FAMILY)]}{number // 390}"}


def _attach_pdf() -> None:
    """One of the outputs gets a typeset PDF of a few pages."""
    import typst
    from django.core.files.base import ContentFile

    from publications.models import Blob, File, Output
    from publications.uploads import sha256_of

    source = "= Laporan\n" + "\n\n".join(_text(random.Random(n), 200) for n in range(25))
    upload = ContentFile(typst.compile(source.encode()), name="laporan.pdf")
    blob = Blob(size=upload.size, sha256=sha256_of(upload), mime="application/pdf", reading_state="done", page_count=9)
    blob.content.save("laporan.pdf", upload, save=False)
    blob.save()
    version = Output.objects.get(source_id=PDF_ROW).current
    File.objects.create(version=version, blob=blob, name="laporan.pdf", original_name="laporan.pdf")


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def pages(size: int) -> dict[str, str]:
    """The measured pages: name and address."""
    from publications.models import Output

    public_id = Output.objects.get(source_id=PDF_ROW).public_id
    deep = min(500, size // 25)
    return {
        "home": "/",
        "topic": "/topik/lanjut-usia-terlantar/",
        "list, first page": "/publikasi/",
        f"list, page {deep}": f"/publikasi/?halaman={deep}",
        "output": f"/publikasi/{public_id}/",
        "PDF": f"/publikasi/{public_id}/laporan.pdf",
    }


def count_queries(path: str, cookie: str = "") -> int:
    """SQL statements of one request that is not answered from the page cache; the second one, as counts are kept."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Host": "localhost", **({"Cookie": cookie} if cookie else {"Authorization": "Bench"})})
    first = client.get(path)
    if first.status_code != 200:
        raise RuntimeError(f"{path} answered {first.status_code}")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        b"".join(response) if response.streaming else response.content
    connection.close()
    return len(queries)
