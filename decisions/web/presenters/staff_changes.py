"""What staff changed in a decision, in words for readers."""

from decisions.models import Category, Council, Decision, Outcome, current_council_slugs
from decisions.redaction import MARK
from decisions.web.text_format import day


def staff_notices(decision: Decision) -> list[str]:
    """One sentence for each corrected field, and one if words were redacted."""
    notices = [
        f"Corrected by this archive: {Decision.CORRECTABLE[name]}. "
        + (f"The file states “{stated}”." if stated else "The file does not state it.")
        for name, stated in _stated(decision).items()
    ]
    if decision.is_redacted:
        notices.append(f"Redacted by this archive: {MARK} stands where words were taken out.")
    return notices


def _stated(decision: Decision) -> dict[str, str]:
    """What the file states for each corrected field, as pages write it; "" for nothing."""
    names = {name: key or "" for name, key in decision.corrections}
    if key := names.get("council"):
        slug = current_council_slugs([key]).get(key, key)
        names["council"] = str(Council.objects.filter(slug=slug).first() or key)
    if key := names.get("category"):
        categories = Category.objects.select_related("parent")
        names["category"] = str(categories.filter(path=key).first() or key)
    if key := names.get("outcome"):
        names["outcome"] = str(Outcome.objects.filter(slug=key).first() or key)
    if key := names.get("decided_on"):
        field = Decision._meta.get_field("decided_on")
        names["decided_on"] = day(field.to_python(key))
    return names
