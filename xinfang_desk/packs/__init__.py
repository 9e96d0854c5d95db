"""Reads form packs into model objects; refuses with file, place and reason."""

from xinfang_desk.packs.cases import Case, load_cases
from xinfang_desk.packs.codes import code_years, load_codes
from xinfang_desk.packs.ledger_toml import read_year
from xinfang_desk.packs.loader import PackInfo, built_on, examine_pack, list_packs, load_pack
from xinfang_desk.packs.problems import PackError, Problem
from xinfang_desk.packs.shelf import Forms, Shelf, shelf_of

__all__ = ["Case", "Forms", "PackError", "PackInfo", "Problem", "Shelf", "built_on", "code_years", "examine_pack", "list_packs",
           "load_cases", "load_codes", "load_pack", "read_year", "shelf_of"]
