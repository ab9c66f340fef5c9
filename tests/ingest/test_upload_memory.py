"""An upload as large as may be sent costs little memory, in the process that works on it."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from decisions.models import Upload
from tests import processes
from tests.texts import decision_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

MEGABYTE = 1_000_000

WORK = """
from django.core.files.uploadedfile import TemporaryUploadedFile
from decisions.ingest import uploads, worker
from decisions.models import Upload

def memory(field):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1000

def work(path, told):
    sent = TemporaryUploadedFile(Path(path).name, "", Path(path).stat().st_size, None)
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(64_000), b""):
            sent.write(piece)
    sent.seek(0)
    Path("/proc/self/clear_refs").write_text("5")  # the peak is that from now on
    before = memory("VmRSS")
    upload = Upload()
    uploads.receive(upload, [sent])
    worker.run_due()
    uploads.confirm(upload)
    worker.run_due()
    Path(told).write_text(str(memory("VmHWM") - before))
"""


def zip_of_large_members() -> bytes:
    """187 MB: members of 5 MB that are read, one of 127 MB that is not, and a decision."""
    buffer = io.BytesIO()
    noise = random.Random(1).randbytes(5 * MEGABYTE)
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(12):
            archive.writestr(f"{number}.txt", noise)
        archive.writestr("decision.txt", decision_text())
        archive.writestr("large.png", noise * 25 + noise[: 2 * MEGABYTE])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "counts"),
    [
        ("large.zip", zip_of_large_members, {"created": 1, "failed": 12, "skipped": 1}),
        ("empty.jsonl", lambda: b"{}\n" * 3_000_000, {"failed": 5_301}),
    ],
)
def test_it_costs_less_than_100_megabytes(name, make, counts, tmp_path: Path):
    (tmp_path / name).write_bytes(make())
    told = tmp_path / "told"
    with processes.prepared(WORK) as others:
        assert others.wait(others.run("work", tmp_path / name, told)) == 0
    upload = Upload.objects.get()
    assert upload.failure == ""
    assert upload.imported_at
    found: dict[str, int] = {}
    for action in upload.results.values_list("action", flat=True):
        found[action] = found.get(action, 0) + 1
    assert found == counts
    assert float(told.read_text()) < 100
