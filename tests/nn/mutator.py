"""Makes the kernel wrong, one small fault at a time, to see whether anybody notices.

A mutant is one function with one changed place: another operator, a dropped term, a constant or
an index off by one, a comparison turned round, a line left out. It takes the place of the original
by its code alone, so that whoever holds the function calls the mutant, and Python runs it as it is.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeAlias

from app.nn.compilable import ENTRIES, HELPERS

Edit: TypeAlias = Callable[[Any], Iterator[ast.AST]]

OPERATORS: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Mult(),
    ast.Mod: ast.Mult(),
    ast.Pow: ast.Mult(),
    ast.LShift: ast.RShift(),
}
# The other side of a comparison is its negation; this is its edge.
EDGES: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
}


@dataclass(frozen=True)
class Mutant:
    """`code` belongs into every function of this qualified name in the module."""

    module: ModuleType
    function: str
    change: str
    code: CodeType

    @property
    def name(self) -> str:
        return f"{self.module.__name__.rpartition('.')[2]}.{self.function}: {self.change}"


def functions(module: ModuleType) -> dict[str, ast.FunctionDef]:
    """All functions of a module by their qualified names; no methods."""
    return dict(functions_of(ast.parse(Path(str(module.__file__)).read_text())))


def mutants(module: ModuleType, name: str) -> Iterator[Mutant]:
    """Every mutant of a function; changes that read the same are numbered."""
    seen: Counter[str] = Counter()
    for change, alone in changed(functions(module)[name]):
        seen[change] += 1
        told = change if seen[change] == 1 else f"{change} ({seen[change]})"
        yield Mutant(module, name, told, code_of(alone, module, name))


def functions_of(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{prefix}{node.name}", node
            yield from functions_of(node, f"{prefix}{node.name}.<locals>.")


def changed(function: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    """What was changed, and the function with that one change."""
    for statement, place in own_nodes(function):
        for made in edits(place):
            ast.fix_missing_locations(made)
            where = "" if place is statement else f" in {headline(statement)}"
            # A copy in which the place, found by being the same object, is the new thing.
            alone = copy.deepcopy(function, {id(place): made})
            yield f"{headline(place)} -> {headline(made)}{where}", alone


def headline(node: ast.AST) -> str:
    """The first line of a statement or an expression."""
    return ast.unparse(node).split("\n", 1)[0]


def own_nodes(function: ast.FunctionDef) -> Iterator[tuple[ast.stmt, ast.AST]]:
    """Statements and expressions, each with its statement; no types, no functions inside."""
    waiting: list[tuple[ast.stmt, ast.AST]] = [(each, each) for each in function.body]
    while waiting:
        statement, node = waiting.pop(0)
        if not isinstance(node, ast.FunctionDef):
            yield statement, node
            children = (
                [node.value] if isinstance(node, ast.AnnAssign) else ast.iter_child_nodes(node)
            )
            for child in children:
                waiting.append((child if isinstance(child, ast.stmt) else statement, child))


def edits(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that may go wrong at one place."""
    for kind, edit in EDITS:
        if isinstance(node, kind):
            yield from edit(node)


def operator(node: ast.BinOp) -> Iterator[ast.AST]:
    """Another operator; one of the two terms dropped."""
    yield ast.BinOp(node.left, OPERATORS[type(node.op)], node.right)
    yield node.left
    yield node.right


def growth(node: ast.AugAssign) -> Iterator[ast.AST]:
    """x += y: subtracted, or what was there before forgotten."""
    yield ast.AugAssign(node.target, OPERATORS[type(node.op)], node.value)
    yield ast.Assign([node.target], node.value)


def sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def constant(node: ast.Constant) -> Iterator[ast.AST]:
    """0.5 becomes 0.6, 1 becomes 2, True becomes False."""
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, float):
        yield ast.Constant(node.value + 0.1)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def edge(node: ast.Compare) -> Iterator[ast.AST]:
    if type(node.ops[0]) in EDGES:
        yield ast.Compare(node.left, [EDGES[type(node.ops[0])]], node.comparators)


def choice(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    """The other way round."""
    other = copy.copy(node)
    other.test = ast.UnaryOp(ast.Not(), node.test)
    yield other


def either(node: ast.BoolOp) -> Iterator[ast.AST]:
    """`and` for `or`; one of the conditions dropped."""
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    yield from node.values


def call(node: ast.Call) -> Iterator[ast.AST]:
    """sqrt(x) becomes x, min(x, y) becomes either; a loop ends one too early."""
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        *first, last = node.args
        yield ast.Call(node.func, [*first, ast.BinOp(last, ast.Sub(), ast.Constant(1))], [])
    elif len(node.args) <= 2:
        yield from (each for each in node.args if not isinstance(each, ast.Starred))


def index(node: ast.Subscript) -> Iterator[ast.AST]:
    """A cell too far, where the place is not itself calculated."""
    if isinstance(node.slice, ast.Name | ast.Attribute):
        further = ast.BinOp(node.slice, ast.Add(), ast.Constant(1))
        yield ast.Subscript(node.value, further, node.ctx)


def left_out(node: ast.Assign | ast.Expr) -> Iterator[ast.AST]:
    """A line that writes cells, or calls what does, is not there."""
    cell = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)
    if cell or isinstance(node.value, ast.Call):
        yield ast.Pass()


EDITS: tuple[tuple[Any, Edit], ...] = (
    (ast.BinOp, operator),
    (ast.AugAssign, growth),
    (ast.UnaryOp, sign),
    (ast.Constant, constant),
    (ast.Compare, edge),
    (ast.If | ast.IfExp, choice),
    (ast.BoolOp, either),
    (ast.Call, call),
    (ast.Subscript, index),
    (ast.Assign | ast.Expr, left_out),
)


def code_of(function: ast.FunctionDef, module: ModuleType, name: str) -> CodeType:
    """A function compiled where it stands: inside the functions whose variables it uses."""
    bare = copy.copy(function)
    bare.decorator_list = []
    maker, _, inner = name.partition(".<locals>.")
    tree = made_by(bare, vars(module)[maker]) if inner else bare
    future = ast.ImportFrom("__future__", [ast.alias("annotations")], 0)
    whole = ast.fix_missing_locations(ast.Module([future, tree], []))
    waiting = [compile(whole, str(module.__file__), "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        if code.co_qualname == name:
            return code
        waiting.extend(each for each in code.co_consts if isinstance(each, CodeType))
    raise LookupError(name)


def made_by(inner: ast.FunctionDef, maker: FunctionType) -> ast.FunctionDef:
    """A function with the maker's arguments and nothing but the inner one, which knows them all."""
    names = maker.__code__.co_varnames[: maker.__code__.co_argcount]
    known = [name for name in names if name in maker.__code__.co_cellvars]
    uses: list[ast.stmt] = [ast.Expr(ast.Name(name, ast.Load())) for name in known]
    inner.body = [ast.If(ast.Constant(False), uses, []), *inner.body]
    (outer,) = ast.parse(f"def {maker.__name__}({', '.join(names)}): ...").body
    assert isinstance(outer, ast.FunctionDef)
    outer.body = [inner]
    return outer


def living(module: ModuleType, name: str) -> list[FunctionType]:
    """The functions of a qualified name: one, or as many as its maker has made."""
    known = [*HELPERS, *(door.plain for door in ENTRIES), *vars(module).values()]
    return [
        function
        for function in {id(each): each for each in known}.values()
        if isinstance(function, FunctionType)
        and function.__module__ == module.__name__
        and function.__qualname__ == name
    ]


@contextmanager
def in_place(mutant: Mutant) -> Iterator[None]:
    """While the mutant is the function."""
    alive = living(mutant.module, mutant.function)
    originals = [function.__code__ for function in alive]
    for function in alive:
        function.__code__ = mutant.code
    try:
        yield
    finally:
        for function, original in zip(alive, originals, strict=True):
            function.__code__ = original
