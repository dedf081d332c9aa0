"""What the compiler does and this kernel has no use for, left out while the kernel is compiled.

Numba has no switch for any of it but the functions that are replaced here. Should it rename one,
compiling fails and every test of the kernel with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any

Replacement = tuple[Any, str, object]


@contextmanager
def shortcuts(*, superwords: bool = False) -> Iterator[None]:
    config: Any = import_module("numba").config
    with ExitStack() as replacements:
        for owner, name, other in (
            *places_taken_as_they_are(),
            *helpers_only_inlined(),
            (config, "SLP_VECTORIZE", int(superwords)),
        ):
            replacements.enter_context(replaced(owner, name, other))
        yield


def places_taken_as_they_are() -> list[Replacement]:
    """No index is looked at twice: the kernel has none that counts from the end.

    That look, at every access, costs a third of the step rate.
    """
    intp: Any = import_module("numba.core.types").intp

    def as_it_is(context: Any, builder: Any, kind: Any, index: Any, _size: Any) -> Any:  # noqa: ANN401 — the compiler's own
        return context.cast(builder, index, kind, intp)

    return [(import_module("numba.np.arrayobj"), "fix_integer_index", as_it_is)]


def helpers_only_inlined() -> list[Replacement]:
    """Only what Python calls is optimized and becomes machine code; helpers live on inside it.

    Otherwise each helper is made ready to be called, which nobody does, and optimized again at
    every level that it is inlined into. That is half of the time to compile.
    """
    codegen: Any = import_module("numba.core.codegen")
    finish, set_env = codegen.CPUCodeLibrary.finalize, codegen.JITCPUCodegen.set_env

    def finish_doors(library: Any) -> None:  # noqa: ANN401
        if any(each.name.startswith("_ZN7cpython") for each in library.get_defined_functions()):
            finish(library)
            return
        for other in dict.fromkeys(library._linking_libraries):  # noqa: SLF001
            library._final_module.link_in(other._get_module_for_linking(), preserve=True)  # noqa: SLF001
        library._finalized = True  # noqa: SLF001

    def set_env_of_doors(made: Any, name: str, env: object) -> None:  # noqa: ANN401
        """What a function needs to raise errors and to make Python objects; helpers do neither."""
        if made._engine.is_symbol_defined(name):  # noqa: SLF001
            set_env(made, name, env)

    return [
        (codegen.CPUCodeLibrary, "finalize", finish_doors),
        (codegen.JITCPUCodegen, "set_env", set_env_of_doors),
    ]


@contextmanager
def replaced(owner: Any, name: str, other: object) -> Iterator[None]:  # noqa: ANN401
    usual = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, usual)
