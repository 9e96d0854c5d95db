"""Finding a county, and the form its departments use."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang_desk.flow import regions
from xinfang_desk.flow.packs import usable_packs
from xinfang_desk.flow.picker import initials

COUNTIES = regions.counties()
any_county = st.sampled_from(COUNTIES)


def shown(query: str) -> list[str]:
    return [county.shown for county in regions.find(query)]


def test_the_directory_covers_the_country() -> None:
    assert 3100 < len(COUNTIES) < 3400
    assert len(regions.provinces()) == 31
    assert len({(c.name, c.prefecture, c.province) for c in COUNTIES}) == len(COUNTIES)
    assert {pack.region for pack in usable_packs()} - {regions.NATIONAL} <= set(regions.provinces())


@settings(deadline=None)
@given(any_county)
def test_every_county_is_found_by_its_full_name_first(county: regions.County) -> None:
    assert county in regions.find(county.name, 60)
    assert regions.find(f"{county.province}{county.prefecture}{county.name}")[0] == county


@settings(deadline=None)
@given(any_county)
def test_every_county_is_found_without_its_ending(county: regions.County) -> None:
    assert county in regions.find(county.bare, 60)


@settings(deadline=None)
@given(any_county)
def test_the_letters_are_those_of_the_picker(county: regions.County) -> None:
    assert county.letters[0] == initials(county.name)
    assert county in regions.find(county.letters[0], 200)


@pytest.mark.parametrize(("typed", "first"), [
    ("紫阳", "紫阳县（陕西 安康市）"), ("紫阳县", "紫阳县（陕西 安康市）"), (" 紫 阳 ", "紫阳县（陕西 安康市）"),
    ("陕西紫阳", "紫阳县（陕西 安康市）"), ("陕西省安康市紫阳县", "紫阳县（陕西 安康市）"), ("长春朝阳区", "朝阳区（吉林 长春市）"),
    ("安康", "安康市（陕西）"), ("忠县", "忠县（重庆）"), ("吉林市", "吉林市（吉林）"), ("ZYJ", "资源县（广西 桂林市）")])
def test_what_is_meant_comes_first(typed: str, first: str) -> None:
    if typed == "ZYJ":
        assert shown("zyj") == shown(typed)  # capitals make no difference
    else:
        assert shown(typed)[0] == first


@pytest.mark.parametrize(("typed", "first"), [
    ("ziyang", "紫阳县（陕西 安康市）"), ("ziyangxian", "紫阳县（陕西 安康市）"), ("ZiYangX", "紫阳县（陕西 安康市）"),
    ("ziyx", "紫阳县（陕西 安康市）"), ("zyangx", "紫阳县（陕西 安康市）"), ("zi'yang'x", "紫阳县（陕西 安康市）"),
    ("hengshanx", "衡山县（湖南 衡阳市）"), ("pingxiang", "平乡县（河北 邢台市）"), ("changningqu", "长宁区（上海）"),
    ("chaoyang", "朝阳区（北京）")])
def test_the_pinyin_may_be_typed_in_full_or_in_part(typed: str, first: str) -> None:
    assert first in shown(typed)


def test_the_usual_reading_comes_first() -> None:
    assert shown("zi")[0] == "资溪县（江西 抚州市）"
    assert {"长宁区（上海）", "常宁市（湖南 衡阳市）"} <= set(shown("changning"))
    assert "长宁区（上海）" in shown("zhangningqu")


@settings(deadline=None)
@given(any_county, st.data())
def test_every_reading_of_every_county_finds_it(county: regions.County, data: st.DataObject) -> None:
    reading = data.draw(st.sampled_from(county.pinyin.split()))
    syllables = reading.split("'")
    assert len(syllables) == len(county.name)
    assert county in regions.find("".join(syllables), 60)
    cut = [syllable[:data.draw(st.integers(1, len(syllable)))] for syllable in syllables]
    assert county in regions.find("".join(cut), 4000)


def test_namesakes_are_told_apart() -> None:
    assert {"朝阳区（北京）", "朝阳区（吉林 长春市）"} <= set(shown("朝阳区"))


def test_a_county_that_became_a_district_is_still_found() -> None:
    assert "长安区（陕西 西安市）" in shown("长安县")


@pytest.mark.parametrize("typed", ["", "  ", "没有这个县", "%_", "\x00", "zzzzzzzz"])
def test_nothing_is_found_where_nothing_fits(typed: str) -> None:
    assert regions.find(typed) == ()


@pytest.mark.parametrize(("unit", "county"), [
    ("紫阳县信访局", "紫阳县（陕西 安康市）"), ("益阳市资阳区信访局", "资阳区（湖南 益阳市）"),
    ("北京市朝阳区信访局", "朝阳区（北京）"), ("安康市财政局", "安康市（陕西）")])
def test_a_units_name_names_its_county(unit: str, county: str) -> None:
    found = regions.named_in(unit)
    assert found is not None
    assert found.shown == county


@pytest.mark.parametrize("unit", ["", "信访局", "朝阳区信访局", "某县信访局"])
def test_no_county_is_guessed_where_the_name_does_not_tell(unit: str) -> None:
    assert regions.named_in(unit) is None


def test_a_province_with_its_own_form_gets_it() -> None:
    form = regions.form_for("陕西", 2023)
    assert (form.pack.id, form.exact) == ("shaanxi/2023", True)
    assert "陕西" in form.why


def test_a_province_without_one_gets_the_national_form_and_is_told_so() -> None:
    form = regions.form_for("云南", 2022)
    assert (form.pack.id, form.exact) == ("national/2021", False)
    assert "没有云南自己的表样" in form.why
    assert form.why.count("。") == 1


def test_a_year_no_form_serves_gets_the_nearest_and_is_told_so() -> None:
    later = regions.form_for("陕西", 2027)
    assert later.pack.id == "shaanxi/2023"
    assert "2027年先照它编" in later.why
    earlier = regions.form_for("河北", 2017)
    assert earlier.pack.id == "hebei/2021"
    assert "最早是2020年" in earlier.why


def test_several_forms_of_a_year_are_told() -> None:
    form = regions.form_for("湖南", 2022)
    assert form.pack.id == "hunan/2022"
    assert "2 套表样" in form.why


@settings(deadline=None)
@given(st.sampled_from(regions.provinces()), st.integers(2015, 2040))
def test_every_county_and_year_has_a_form_of_its_province_or_the_nation(province: str, year: int) -> None:
    form = regions.form_for(province, year)
    assert form.pack.kind == "budget"
    assert form.pack.region in (province, regions.NATIONAL)
    assert form.why.endswith("。")


@pytest.mark.parametrize(("today", "year"), [
    (dt.date(2026, 2, 3), 2026), (dt.date(2026, 9, 30), 2026), (dt.date(2026, 10, 1), 2027), (dt.date(2026, 12, 31), 2027)])
def test_the_year_proposed(today: dt.date, year: int) -> None:
    assert regions.proposed_year(today) == year
    assert year in regions.offered_years(today)
    assert list(regions.offered_years(today)) == sorted(regions.offered_years(today), reverse=True)
