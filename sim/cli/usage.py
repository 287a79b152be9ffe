"""What is said of a wrong option: in the words of this program, whatever library looked at it."""

from __future__ import annotations

import re

_IN_PLAIN_WORDS = (
    (r"^(?:Value error|Assertion failed), ", ""),
    (r"^Input should be a valid integer\b.*", "expected a whole number"),
    (r"^Unable to parse input string as an integer\b.*", "expected a whole number with fewer digits"),
    (r"^Input should be a valid number\b.*", "expected a number"),
    (r"^Input should be a finite number\b.*", "expected a finite number"),
    (r"^Input should be greater than or equal to (.+)", r"expected \1 or more"),
    (r"^Input should be less than or equal to (.+)", r"expected \1 or less"),
    (r"^Input should be greater than (.+)", r"expected more than \1"),
    (r"^Input should be less than (.+)", r"expected less than \1"),
    (r"^Input should be ", "expected "),
)
"""How Pydantic begins its messages, which newer versions of typer hand on as they are; older ones have their own."""


def in_plain_words(message: str) -> str:
    """The message of a library about an option, without what only its authors understand."""
    for pattern, words in _IN_PLAIN_WORDS:
        message = re.sub(pattern, words, message, count=1)
    return message
