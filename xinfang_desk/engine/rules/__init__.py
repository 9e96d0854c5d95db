"""Checks that no formula can say (texts, codes, names), registered by the name a pack calls them by.

A rule is a function of a :class:`RuleContext` and the check's ``params`` that yields :class:`Hit` s::

    @rule("codes_exist", reads={"lines"})
    def codes_exist(context, params): ...

``reads`` names what makes it run again: lists of records (their structure, not their amounts), ``facts`` ``priors``
``approved`` ``unit``, ``amounts`` (any amount of a line: costly, write such rules as formulas where they can be) and
``text`` (the narrative handed to ``findings``).
"""

from xinfang_desk.engine.rules import amounts as amounts
from xinfang_desk.engine.rules import claims as claims
from xinfang_desk.engine.rules import codes as codes
from xinfang_desk.engine.rules import facts as facts
from xinfang_desk.engine.rules import indicators as indicators
from xinfang_desk.engine.rules import narrative as narrative
from xinfang_desk.engine.rules import records as records
from xinfang_desk.engine.rules import results as results
from xinfang_desk.engine.rules import texts as texts
from xinfang_desk.engine.rules import yearly as yearly
from xinfang_desk.engine.rules.registry import RULES, Hit, Rule, RuleContext, rule

__all__ = ["RULES", "Hit", "Rule", "RuleContext", "rule"]
