"""Parts of a pack while it is put together: the finished object, where it stands, and what it claims to exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from xinfang_desk.model.formula import Condition, Test, Value
from xinfang_desk.packs.section import Spot

T = TypeVar("T")
Tree = Value | Condition | Test


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may refer to by short names.

    ``table``, ``block``, ``row``, ``column``: where it stands (for ``[row]`` and bare columns). ``in_row``: it is read
    once for each row, so bare columns and ``{code}`` mean something. ``records``: the lists whose fields its
    conditions ask; ``record``: the list of the current record (``this.…``). ``this``: there is a current project.
    """

    table: str = ""
    block: str = ""
    row: str = ""
    column: str = ""
    in_row: bool = False
    has_code: bool = False
    records: tuple[str, ...] = ()
    record: str = ""
    this: bool = False
    extra_names: frozenset[str] = frozenset()


ClaimKind = Literal["tree", "template", "table", "page", "address", "each", "parts", "target", "rule"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a part of the pack refers to, checked once the whole pack is known.

    ``tree``: an expression or condition; otherwise ``text`` names what ``kind`` says.
    """

    kind: ClaimKind
    spot: Spot
    scope: Scope
    tree: Tree | None = None
    text: str = ""


@dataclass(slots=True)
class Draft(Generic[T]):
    """A part of the pack. ``line`` is where it begins."""

    thing: T
    spot: Spot
    claims: list[Claim] = field(default_factory=list)

    def claim_tree(self, spot: Spot, tree: Tree | None, scope: Scope) -> None:
        """Note an expression to be checked."""
        if tree is not None:
            self.claims.append(Claim("tree", spot, scope, tree=tree))

    def claim(self, kind: ClaimKind, spot: Spot, text: str, scope: Scope = Scope()) -> None:
        """Note a name or template to be checked, unless it is empty."""
        if text:
            self.claims.append(Claim(kind, spot, scope, text=text))
