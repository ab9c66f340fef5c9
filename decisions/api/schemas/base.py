"""How the answers are described: objects whose fields may each be left out, and pages of them."""

from typing import Any

from rest_framework import serializers

Described = type[serializers.Serializer[Any]]


class _Described(serializers.Serializer[Any]):
    """An object of JSON whose fields may each be left out."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The fields, none of which is required."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


def described(
    title: str, description: str, base: Described = _Described, /, **fields: Any
) -> Described:
    """The class of an object with these fields, and those of `base`.

    It is not written as a class, because fields may have the names of a serializer's attributes.
    """
    return type(title, (base,), {"__doc__": description, **fields})


def string(help_text: str = "", **options: Any) -> serializers.CharField:
    """A text, which may be empty."""
    return serializers.CharField(help_text=help_text, **options)


def or_null(help_text: str = "", **options: Any) -> serializers.CharField:
    """A text; null where the decision does not state it."""
    return string(help_text, allow_null=True, **options)


def whole(help_text: str = "", **options: Any) -> serializers.IntegerField:
    """A whole number."""
    return serializers.IntegerField(help_text=help_text, **options)


def page_of(result: Described, **extra: Any) -> Described:
    """The class of a page of such results."""
    return described(
        f"PageOf{result.__name__}",
        "A page of results.",
        results=result(many=True),
        next=serializers.URLField(
            allow_null=True, help_text="The address of the next page; null on the last."
        ),
        **extra,
    )


def names_of(schema: Described) -> tuple[str, ...]:
    """The names of the fields."""
    return tuple(schema().fields)
