"""The expression language of the packs: one tree, three readings (value, formula, sentence)."""

from xinfang_desk.expr.parse import THIS, parse_condition, parse_test, parse_value
from xinfang_desk.expr.refusal import FormulaError, did_you_mean

__all__ = ["THIS", "FormulaError", "did_you_mean", "parse_condition", "parse_test", "parse_value"]
