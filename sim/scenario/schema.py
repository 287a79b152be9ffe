"""The JSON Schema of the scenario file, for editors that complete and check while one types."""

from __future__ import annotations

import json
from typing import Any

from sim.scenario.format import ScenarioFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Schema of the format in draft 2020-12.

    It describes every key and refuses unknown ones. What only the whole file can tell (ids, ranges that depend on an
    issue's scale, dates) it leaves to `validate`.
    """
    made = _plain(ScenarioFile.model_json_schema())
    return {"$schema": DIALECT, **made, "title": "detente scenario, format 1"}


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def _plain(node: Any) -> Any:
    """Drop what pydantic says of keys that may be left out: a null that the format does not allow, and its default."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _plain(value) for key, value in node.items() if not (key == "default" and value is None)}
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        del kept["anyOf"]
        kept = {**rest[0], **kept} if len(rest) == 1 else {"anyOf": rest, **kept}
    return kept
