"""Merges councils, and undoes a merge by what the audit log says of it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from decisions.models import AuditEntry, Council, CouncilAlias, CouncilSuccession
from decisions.stewardship.acting import act


class MergeError(Exception):
    """The merge cannot be undone; the message says why."""


def merge_councils(councils: Sequence[Council], remaining: Council, user: Any, note: str) -> None:
    """Merge the other councils into the one that remains; see `Council.merge_into`."""
    with act():
        for council in councils:
            if council == remaining:
                continue
            AuditEntry.objects.record(
                AuditEntry.Act.MERGED,
                user,
                kind="council",
                key=remaining.slug,
                note=note,
                before=_state(council),
                after={"name": f"{council.name} into {remaining.name}"},
            )
            council.merge_into(remaining)


def merges_of(council: Council) -> list[AuditEntry]:
    """The merges into this council that can be undone, the latest first."""
    slugs = council.aliases.values_list("slug", flat=True)
    merges = AuditEntry.objects.filter(act=AuditEntry.Act.MERGED, before__slug__in=list(slugs))
    latest: dict[str, AuditEntry] = {}
    for entry in merges:
        latest.setdefault(entry.before["slug"], entry)
    return [*latest.values()]


def undo_merge(entry: AuditEntry, user: Any, note: str) -> Council:
    """Make the merged council again, with the decisions and names that it brought.

    Decisions that came afterwards under its name stay with the other one. Raises MergeError.
    """
    before = entry.before
    with act():
        alias = CouncilAlias.objects.select_related("council").filter(slug=before["slug"]).first()
        if alias is None:
            raise MergeError(f"The merge of {before['name']} was undone already.")
        holder = alias.council
        alias.delete()
        council = Council.objects.create(
            **{name: before[name] for name in ("name", "slug", "kind")}
        )
        holder.aliases.filter(slug__in=before["aliases"]).update(council=council)
        holder.decision_set.filter(reference__in=before["decisions"]).update(council=council)
        _restore_succession(before["succession"], council, holder)
        AuditEntry.objects.record(
            AuditEntry.Act.MERGE_UNDONE,
            user,
            kind="council",
            key=holder.slug,
            note=note,
            after={"name": f"{council.name} out of {holder.name}"},
        )
    return council


def _state(council: Council) -> dict[str, Any]:
    """Everything that a merge takes from the council."""
    rows = CouncilSuccession.objects.filter(Q(predecessor=council) | Q(successor=council))
    return {
        "name": council.name,
        "slug": council.slug,
        "kind": council.kind,
        "aliases": [*council.aliases.values_list("slug", flat=True)],
        "decisions": [*council.decision_set.values_list("reference", flat=True)],
        "succession": [
            [row.predecessor.slug, row.successor.slug, row.since and row.since.isoformat()]
            for row in rows.select_related("predecessor", "successor")
        ],
    }


def _restore_succession(rows: list[list[Any]], council: Council, holder: Council) -> None:
    for *slugs, since in rows:
        pair = [Council.objects.filter(slug=slug).first() for slug in slugs]
        if None in pair:
            continue
        moved = [holder if one == council else one for one in pair]
        CouncilSuccession.objects.filter(predecessor=moved[0], successor=moved[1]).delete()
        CouncilSuccession.objects.get_or_create(
            predecessor=pair[0], successor=pair[1], defaults={"since": since}
        )
