"""Sheets and facts → narrative: the 公开说明 whose figures are bound to cells."""

from xinfang_desk.passages.compose import Composer, compose, digest

__all__ = ["Composer", "compose", "digest"]
