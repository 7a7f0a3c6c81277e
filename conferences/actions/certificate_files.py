"""The PDFs of certificates: many by the worker, with how far it has come; one that is missing when it is asked for."""

import hashlib
import logging
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from conferences.actions.common import require
from conferences.certifying.making import AT_ONCE, pdfs_of
from conferences.certifying.tasks import make_certificates
from conferences.models import Certificate, CertificateRun, Edition
from conferences.queries.certificates import is_running, is_stalled, last_run, without_file
from conferences.rules.registration import may_certify
from publications.models import Blob
from publications.typesetting import NotTypeset

logger = logging.getLogger(__name__)


@transaction.atomic
def start(edition: Edition, *, by: User) -> CertificateRun | None:
    """None if every certificate has its file. One that runs is left to it, unless nothing was heard for long."""
    require(may_certify(by, edition))
    Edition.objects.select_for_update().get(pk=edition.pk)
    return _start(edition, by)


def _start(edition: Edition, by: User) -> CertificateRun | None:
    total, run = without_file(edition).count(), last_run(edition)
    if not total:
        return None
    if run is not None and is_running(run) and not is_stalled(run):
        CertificateRun.objects.filter(pk=run.pk).update(total=F("done") + total)
        return run
    kinds = sorted(set(without_file(edition).order_by().values_list("kind", flat=True)))
    run = CertificateRun.objects.create(edition=edition, kinds=kinds, total=total, by=by)
    make_certificates.enqueue(run.pk)
    return run


def run_stored(run_id: int) -> None:
    """For the worker; bears being called twice. What fails is told on the page, and pressing again goes on."""
    run = CertificateRun.objects.select_related("edition").filter(pk=run_id, finished_at=None).first()
    if run is None:
        return
    failed = ""
    try:
        while rows := list(without_file(run.edition)[:AT_ONCE]):
            made = make(rows)
            CertificateRun.objects.filter(pk=run.pk).update(done=F("done") + made)
    except (OperationalError, InterfaceError):
        raise  # the worker gives it back
    except NotTypeset as problem:
        failed = str(problem)[:300]
    except Exception as problem:
        logger.exception("certificates of run %s", run_id)
        failed = type(problem).__name__
    _finish(run, failed)


@transaction.atomic
def _finish(run: CertificateRun, failed: str) -> None:
    """Certificates issued between the last look and now found this run busy: they get one of their own."""
    Edition.objects.select_for_update().get(pk=run.edition_id)
    CertificateRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), failed=failed)
    if not failed:
        _start(run.edition, run.by)


def make(certificates: Sequence[Certificate]) -> int:
    """Set them and keep them; one that another has made meanwhile stays as it is. Returns how many."""
    contents = pdfs_of(certificates)
    return sum(_keep(one, content) for one, content in zip(certificates, contents, strict=True))


def _keep(certificate: Certificate, content: bytes) -> bool:
    blob = Blob(size=len(content), sha256=hashlib.sha256(content).hexdigest(), mime="application/pdf", page_count=1)
    blob.content.save("certificate.pdf", ContentFile(content), save=False)
    blob.save()
    return bool(Certificate.objects.filter(pk=certificate.pk, blob=None).update(blob=blob))


def file_of(certificate: Certificate) -> Blob:
    """Made now if it is not there yet. Raises `NotTypeset`."""
    if certificate.blob is None:
        make([certificate])
        certificate.refresh_from_db()
    if certificate.blob is None:
        raise NotTypeset("not kept")
    return certificate.blob
