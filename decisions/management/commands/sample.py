"""`manage.py sample`: make invented decisions, as files or in the archive."""

import zipfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from decisions.sample import (
    DEFAULT_SEED,
    MAX_SEED,
    generate,
    max_count,
    reference,
    reference_numbers,
)

DEFAULT_COUNT = 600
ZIP_DATE = (2020, 1, 1, 0, 0, 0)  # a fixed date, so that the zip is always the same


class Command(BaseCommand):
    help = (
        "Make invented decisions about invented councils, each labelled as a sample. Decisions of "
        "different seeds have different references: samples of another seed stay in the archive "
        "beside the new ones, and --remove takes out the samples of all seeds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--count",
            type=int,
            default=DEFAULT_COUNT,
            help=f"how many (default {DEFAULT_COUNT}); at most {max_count(DEFAULT_SEED):,} of the"
            f" default seed and {max_count(MAX_SEED):,} of any other",
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=DEFAULT_SEED,
            help=f"a number from {DEFAULT_SEED} to {MAX_SEED} (default {DEFAULT_SEED});"
            " the same seed gives the same decisions",
        )
        parser.add_argument(
            "--out",
            type=Path,
            metavar="DIR|ZIP",
            help="write the files there instead of loading them into the archive",
        )
        parser.add_argument(
            "--remove", action="store_true", help="remove all sample decisions from the archive"
        )

    def handle(
        self, *, count: int, seed: int, out: Path | None, remove: bool, **options: Any
    ) -> None:
        if remove:
            if out:
                raise CommandError("--remove removes samples from the archive. Leave out --out.")
            self._remove()
            return
        if not DEFAULT_SEED <= seed <= MAX_SEED:
            raise CommandError(
                f"--seed {seed}: give a number from {DEFAULT_SEED} to {MAX_SEED}. Other seeds have"
                " no references of their own."
            )
        if not 1 <= count <= max_count(seed):
            raise CommandError(
                f"--count {count}: give a number from 1 to {max_count(seed):,}. Seed {seed} has no"
                " more references."
            )
        files = generate(count, seed)
        if out is None:
            self._load(files, count)
            self._mention_other_seeds(seed)
            return
        try:
            if out.suffix.lower() == ".zip":
                write_zip(files, out)
            else:
                write_directory(files, out)
        except OSError as error:
            reason = error.strerror or str(error)
            raise CommandError(f"Cannot write {error.filename or out}: {reason}.") from error
        self.stdout.write(f"{count:,} sample decisions written to {out}.")

    def _load(self, files: Iterator[tuple[str, bytes]], count: int) -> None:
        from decisions import ingest
        from decisions.management.progress import IngestProgress
        from decisions.sources import Source

        sources = (Source(name, data) for name, data in files)
        with IngestProgress(count) as progress:
            report = ingest.ingest_all(sources, progress)
        self.stdout.write(str(report))
        if report.failures:
            first = report.failures[0]
            raise CommandError(f"{first.name}: {first.reason}")

    def _mention_other_seeds(self, seed: int) -> None:
        from decisions.models import Decision

        numbers = reference_numbers(seed)
        # The reference of a joint decision ends with a letter.
        first, last = reference(numbers[0]), f"{reference(numbers[-1])}z"
        samples = Decision.objects.filter(is_sample=True)
        others = samples.exclude(reference__range=(first, last)).count()
        if others:
            self.stdout.write(
                f"{others:,} sample decisions of other seeds stay in the archive;"
                " `manage.py sample --remove` takes out the samples of all seeds."
            )

    def _remove(self) -> None:
        from decisions import ingest

        self.stdout.write(f"{ingest.remove_samples():,} sample decisions removed.")


def write_directory(files: Iterator[tuple[str, bytes]], directory: Path) -> None:
    """Write one file a decision; other files in the directory stay. Raises OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, data in files:
        (directory / name).write_bytes(data)


def write_zip(files: Iterator[tuple[str, bytes]], path: Path) -> None:
    """Write a zip whose bytes depend on its members alone. Raises OSError.

    The zip gets its final name once it is complete, so that a full disk leaves no broken zip.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                member = zipfile.ZipInfo(name, ZIP_DATE)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = 0o644 << 16
                member.create_system = 3  # Unix, whatever this system is
                archive.writestr(member, data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
