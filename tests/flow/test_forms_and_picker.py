"""Fields of the wizard pages, and finding an account."""

from __future__ import annotations

import pytest

from tests.flow.helpers import codes, year
from xinfang_desk.flow.forms import field_text, field_value, parse_field, set_field
from xinfang_desk.flow.grid import EntryRefused
from xinfang_desk.flow.picker import initials, search
from xinfang_desk.model.change import apply
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import FormField

WAN = MoneyUnit.WAN


def test_values_by_kind() -> None:
    assert parse_field(FormField("a", "金额", "money"), "3.5", WAN) == 3_500_000
    assert parse_field(FormField("a", "人数", "count"), "１３人", WAN) == 13
    assert parse_field(FormField("a", "日期", "date"), "2023年3月13日", WAN) == "2023-03-13"
    assert parse_field(FormField("a", "日期", "date"), "２０２３．３．１３", WAN) == "2023-03-13"
    assert parse_field(FormField("a", "审查", "flag"), "是", WAN) is True
    assert parse_field(FormField("a", "说明", "longtext"), "  ", WAN) is None


@pytest.mark.parametrize(("kind", "typed", "word"), [
    ("date", "2023-02-30", "日历"), ("date", "三月", "写成"), ("count", "1.5", "整数"), ("count", "-1", "整数"),
    ("choice", "丙", "可以选"), ("money", "abc", "不是金额")])
def test_refusals(kind: str, typed: str, word: str) -> None:
    field = FormField("a", "栏", kind, choices=("甲", "乙"))  # type: ignore[arg-type]
    with pytest.raises(EntryRefused, match=word):
        parse_field(field, typed, WAN)


def test_a_field_is_set_and_cleared() -> None:
    field = FormField("staff.posts.admin", "行政编制", "count")
    change = set_field(year(), field, 5)
    assert change is not None
    after = apply(year(), change)
    assert field_text(after, field, WAN) == "5"
    cleared = set_field(after, field, None)
    assert cleared is not None
    assert field_value(apply(after, cleared), field) is None
    assert set_field(after, field, 5) is None


def test_the_units_own_particulars() -> None:
    field = FormField("unit.kind", "单位性质", "choice", "unit", choices=("行政", "参公事业"))
    change = set_field(year(), field, "参公事业")
    assert change is not None
    assert field_text(apply(year(), change), field, WAN) == "参公事业"


def test_an_account_is_found_by_code_name_and_initials() -> None:
    assert initials("行政运行") == "xzyx"
    found = [entry.code for entry in search(codes(), CodeKind.FUNCTION, "xfsw")]
    assert found == ["2010308"]
    assert search(codes(), CodeKind.FUNCTION, "信访")[0].code == "2010308"
    assert search(codes(), CodeKind.FUNCTION, "20103")[0].code == "20103"
    assert search(codes(), CodeKind.FUNCTION, "", recent=("2013101",))[0].code == "2013101"
    assert search(codes(), CodeKind.FUNCTION, "qqq") == ()
