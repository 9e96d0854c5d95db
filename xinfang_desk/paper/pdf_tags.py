"""The structure tree of a tagged PDF: what is a heading, a paragraph, a table, a head cell."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


class Node:
    """A structure element. ``kids`` holds elements and marked pieces (page from 0, number on the page).

    ``attributes`` is written as it is into the element's dictionary (``/A``, ``/Alt`` …).
    """

    __slots__ = ("attributes", "kids", "objects", "parent", "tag")

    def __init__(self, tag: str, parent: Node | None = None, attributes: str = "") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.kids: list[Node | tuple[int, int]] = []
        self.objects: list[tuple[int, Any]] = []
        if parent is not None:
            parent.kids.append(self)


class _Element(pdfdoc.PDFObject):
    """A structure element as bytes made ready beforehand."""

    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, document: Any) -> bytes:
        """The bytes of the object, as reportlab asks for them."""
        return self.data


def _walk(root: Node) -> list[tuple[Node, Node | None]]:
    """(element, its parent), parents before their kids."""
    found: list[tuple[Node, Node | None]] = [(root, None)]
    for node, _ in found:
        found += [(kid, node) for kid in node.kids if isinstance(kid, Node)]
    return found


def write_tree(document: Any, root: Node, marks: list[list[Node]], links: list[Node], link_base: int) -> None:
    """Add the tree to the document.

    ``marks`` gives for each page the element of each marked piece; ``links`` the element of each link
    annotation, whose ``StructParent`` counts from ``link_base``.
    """
    elements = _walk(root)
    # Object numbers are needed before the objects are written: they follow each other from here.
    first = document.objectcounter + 2
    number = {id(node): first + at for at, (node, _) in enumerate(elements)}
    page_ref = [document.Reference(page).format(document).decode() for page in document.Pages.pages]
    tree_number = first - 1
    nums = [
        f"{page} [{' '.join(f'{number[id(node)]} 0 R' for node in nodes)}]"
        for page, nodes in enumerate(marks)
    ]
    nums += [f"{link_base + at} {number[id(node)]} 0 R" for at, node in enumerate(links)]
    tree = _Element(
        f"<</Type /StructTreeRoot /K {first} 0 R /ParentTree <</Nums [{' '.join(nums)}]>>"
        f" /ParentTreeNextKey {link_base + len(links)}>>".encode()
    )
    document.Catalog.StructTreeRoot = tree
    document.Reference(tree)
    for node, parent in elements:
        data = _element(
            document, node, tree_number if parent is None else number[id(parent)], number, page_ref
        )
        document.Reference(_Element(data))


def _element(document: Any, node: Node, parent: int, number: dict[int, int], page_ref: list[str]) -> bytes:
    own = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
    kids: list[str] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(f"{number[id(kid)]} 0 R")
        elif kid[0] == own:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type /MCR /Pg {page_ref[kid[0]]} /MCID {kid[1]}>>")
    for page, reference in node.objects:
        target = reference.format(document).decode()
        kids.append(f"<</Type /OBJR /Pg {page_ref[page]} /Obj {target}>>")
    pg = "" if own is None else f" /Pg {page_ref[own]}"
    content = f" /K [{' '.join(kids)}]" if kids else ""
    return f"<</S /{node.tag} /P {parent} 0 R{pg}{node.attributes}{content}>>".encode()
