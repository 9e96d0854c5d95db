"""Reads form packs into model objects; refuses with file, place and reason."""

from xinfang_desk.packs.cases import Case, load_cases
from xinfang_desk.packs.codes import code_years, load_codes
from xinfang_desk.packs.ledger_toml import read_year
from xinfang_desk.packs.loader import PackInfo, examine_pack, list_packs, load_pack
from xinfang_desk.packs.problems import PackError, Problem

__all__ = ["Case", "PackError", "PackInfo", "Problem", "code_years", "examine_pack", "list_packs", "load_cases",
           "load_codes", "load_pack", "read_year"]
