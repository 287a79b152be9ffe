"""Small mistakes that could stand in a module: each place where one could be made, and the module with it made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip
_CALLED = {
    "min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "any": "all", "all": "any",
    "argmin": "argmax", "argmax": "argmin", "zeros": "ones", "ones": "zeros", "nanmin": "nanmax", "nanmax": "nanmin",
    "logical_and": "logical_or", "logical_or": "logical_and", "floor": "ceil", "ceil": "floor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one mistake."""

    module: Path
    line: int
    what: str
    number: int


def mutants(module: Path) -> list[Mutant]:
    """All mistakes that could be made in a module, in order."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [Mutant(module, line, what, k) for k, (line, what, _) in enumerate(_places(tree))]


def text_of(mutant: Mutant) -> str:
    """The module with the mistake in it (and without its comments)."""
    tree = ast.parse(mutant.module.read_text(encoding="utf-8"))
    for number, (_, _, make) in enumerate(_places(tree)):
        if number == mutant.number:
            make()
            break
    return ast.unparse(ast.fix_missing_locations(tree))


def _places(tree: ast.Module) -> Iterator[tuple[int, str, object]]:
    """Line, what would be changed, and what changes it, of each place; types and texts are let be."""
    for node in _live(tree):
        match node:
            case ast.Compare(ops=[one]) if type(one) in _COMPARED:
                other = _COMPARED[type(one)]
                yield node.lineno, f"{_name(type(one))} -> {_name(other)}", _setter(node, "ops", [other()])
            case ast.BinOp(op=one) if type(one) in _COMPUTED and not _text(node):
                other = _COMPUTED[type(one)]
                yield node.lineno, f"{_name(type(one))} -> {_name(other)}", _setter(node, "op", other())
            case ast.BoolOp(op=one):
                other = ast.Or if isinstance(one, ast.And) else ast.And
                yield node.lineno, f"{_name(type(one))} -> {_name(other)}", _setter(node, "op", other())
            case ast.UnaryOp(op=ast.Not() | ast.Invert() as one):
                yield node.lineno, f"{_name(type(one))} left out", _setter(node, "op", ast.UAdd())
            case ast.IfExp():
                swapped = node.orelse, node.body
                yield node.lineno, "if and else changed over", _swap(node, *swapped)
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in _CALLED:
                field = "attr" if isinstance(node, ast.Attribute) else "id"
                yield node.lineno, f"{name} -> {_CALLED[name]}", _setter(node, field, _CALLED[name])
            case ast.Constant(value=bool() as value):
                yield node.lineno, f"{value} -> {not value}", _setter(node, "value", not value)
            case ast.Constant(value=int() | float() as value):
                yield node.lineno, f"{value} -> {value + 1}", _setter(node, "value", value + 1)
            case ast.Continue():
                yield node.lineno, "continue -> break", _setter(node, "__class__", ast.Break)


def _live(node: ast.AST) -> Iterator[ast.AST]:
    """What is computed: no annotations, no messages of errors, no decorators, no settings of classes."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "exc", "msg"):
            continue
        if isinstance(node, ast.keyword) and node.arg in ("slots", "frozen", "strict"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AnnAssign) and child.value is None:
                continue
            if isinstance(child, ast.Assign) and _is_type(child):
                continue
            if isinstance(child, ast.AST):
                yield child
                yield from _live(child)


def _is_type(node: ast.Assign) -> bool:
    """Whether this names a type, as `Floats = NDArray[...]` does."""
    return isinstance(node.value, ast.Subscript) or (
        isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.BitOr)
    )


def _text(node: ast.BinOp) -> bool:
    return any(isinstance(one, ast.JoinedStr) or (isinstance(one, ast.Constant) and isinstance(one.value, str))
               for one in (node.left, node.right))  # fmt: skip


def _setter(node: ast.AST, field: str, value: object) -> object:
    return lambda: setattr(node, field, value)


def _swap(node: ast.IfExp, body: ast.expr, orelse: ast.expr) -> object:
    def swap() -> None:
        node.body, node.orelse = body, orelse

    return swap


def _name(kind: type[ast.AST]) -> str:
    return {
        "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!=", "Add": "+", "Sub": "-", "Mult": "*",
        "Div": "/", "BitAnd": "&", "BitOr": "|", "FloorDiv": "//", "Mod": "%", "Pow": "**", "Is": "is",
        "IsNot": "is not", "In": "in", "NotIn": "not in", "And": "and", "Or": "or", "Not": "not", "Invert": "~",
    }[kind.__name__]  # fmt: skip
