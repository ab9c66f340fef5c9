"""The proof of a received file: a page that explains it, and its files."""

import io
import tarfile

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.capture_log import Proof, proof_files, proof_of
from decisions.models import Capture, Decision
from decisions.references import read_reference
from decisions.web.presenters.decision_title import DecisionTitle
from decisions.web.presenters.proof_steps import RECEIVED_FILE, proof_steps
from decisions.web.responses import render
from decisions.web.revalidation import revalidated
from decisions.web.seo import Breadcrumb, PageMetadata, site_url

# Characters of the file's hash in the name of the directory that the files unpack to.
SHORT_HASH = 12


@require_safe
@revalidated
def proof(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """What proves that a received file was in this archive at a time, and is unchanged."""
    capture, found = _find(reference, sha256)
    decision = capture.decision
    name = DecisionTitle(decision).with_reference
    files = reverse("decisions:proof-files", args=[decision.slug, sha256])
    return render(
        request,
        "decisions/proof.html",
        {
            "decision": decision,
            "capture": capture,
            "proof": found,
            "files_address": files,
            "steps": proof_steps(
                site_url(request) + files, _directory(sha256), with_file=_is_handed_out(decision)
            ),
        },
        PageMetadata(
            f"Proof of a received file: {name}",
            f"Proof that a file of decision {decision.reference} is as this archive received it.",
            (
                Breadcrumb(name, decision.get_absolute_url()),
                Breadcrumb("History", decision.get_absolute_url() + "history/"),
            ),
        ),
    )


@require_safe
@revalidated
def proof_archive(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """The files of a proof, as a tar archive."""
    capture, found = _find(reference, sha256)
    if found is None or found.head is None:
        raise Http404("There is no proof of this file yet.")
    files = proof_files(found.entry, found.head)
    if _is_handed_out(capture.decision):
        files[RECEIVED_FILE] = bytes(capture.content)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"{_directory(sha256)}/{name}")
            member.size = len(data)
            member.mtime = int(found.head.stamped_at.timestamp())
            archive.addfile(member, io.BytesIO(data))
    response = HttpResponse(packed.getvalue(), content_type="application/x-tar")
    response.headers["Content-Disposition"] = f'attachment; filename="{_directory(sha256)}.tar"'
    return response


def _find(reference: str, sha256: str) -> tuple[Capture, Proof | None]:
    canonical = read_reference(reference)
    capture = (
        Capture.objects.filter(sha256=sha256, decision__reference=canonical)
        .filter(decision__withdrawn_at=None)
        .defer("content")
        .select_related("decision__council")
        .first()
    )
    if capture is None:
        raise Http404("This archive has received no such file of the decision.")
    return capture, proof_of(capture)


def _is_handed_out(decision: Decision) -> bool:
    """Whether readers may have the received files of a decision."""
    return bool(settings.DUMP_CAPTURES) and not decision.is_redacted


def _directory(sha256: str) -> str:
    return f"proof-{sha256[:SHORT_HASH]}"
