"""What pydantic finds wrong, in the words of this service: what is wrong and what would work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SENTENCES = {
    "float_type": "Must be a number: not text, not true or false, not a list.",
    "float_parsing": "Must be a number.",
    "finite_number": "Must be a finite number; NaN, Infinity and numbers above 1.8e308 are not.",
    "int_type": "Must be a whole number, written without a point or quotes.",
    "int_from_float": "Must be a whole number, written without a point or quotes.",
    "int_parsing": "Must be a whole number.",
    "int_parsing_size": "Must be a whole number, and not so long a one.",
    "greater_than": "Must be greater than {gt}.",
    "greater_than_equal": "Must be {ge} or more.",
    "less_than": "Must be less than {lt}.",
    "less_than_equal": "Must be {le} or less.",
    "bool_type": "Must be true or false.",
    "bool_parsing": "Must be true or false.",
    "list_type": "Must be a list.",
    "dict_type": "Must be an object.",
    "model_attributes_type": "Must be an object.",
    "model_type": "Must be an object.",
    "too_short": "Must hold at least {min_length}, but holds {actual_length}.",
    "too_long": "Must hold at most {max_length}, but holds {actual_length}.",
    "string_type": "Must be text.",
    "string_too_short": "Must have at least {min_length} characters.",
    "string_too_long": "Must have at most {max_length} characters.",
    "string_unicode": "Must be text that can be written in UTF-8.",
    "literal_error": "Must be {expected}.",
    "missing": "Missing, but required.",
}


def sentence_of(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """`context` are the numbers that belong to the kind; our own errors bring their sentence."""
    if "told" in context or kind not in SENTENCES:
        return message.rstrip(".") + "."
    return SENTENCES[kind].format_map(context)
