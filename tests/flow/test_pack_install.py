"""Packs from a stick: tried first, put in whole or not at all, used by every book, and nothing else harmed by a damaged one."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.flow.helpers import year
from tests.packs.zips import child_files, codes_files, good_zip, pack_files, under, zipped
from xinfang_desk.flow import library, pack_install, shelves
from xinfang_desk.flow.documents import documents
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.pack_install import install, look_into, remove
from xinfang_desk.flow.packs import CheckCalledOff, pack_lines, packs_shown, usable_packs
from xinfang_desk.flow.recent import look
from xinfang_desk.messages import pack_install as words
from xinfang_desk.model.ledger import Unit
from xinfang_desk.packs import list_packs, load_pack
from xinfang_desk.places import forms_dir


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    monkeypatch.setattr(shelves, "user_dir", lambda: folder)
    return folder


def put_in(path: Path) -> str:
    offer = look_into(path)
    assert offer.faults == ()
    return install(offer)


def usable() -> set[str]:
    return {pack.id for pack in usable_packs()}


def folders(own: Path) -> list[str]:
    return sorted(path.name for path in (own / "packs").iterdir()) if (own / "packs").exists() else []


def test_without_any_the_forms_folder_itself_is_used(own: Path) -> None:
    assert shelves.shelf() == forms_dir()
    assert not own.exists()


def test_it_is_looked_at_first_and_then_put_in(own: Path, tmp_path: Path) -> None:
    told: list[str] = []
    path = good_zip(tmp_path / "U盘" / "测试 2023.zip")
    offer = look_into(path, told.append)
    assert (offer.ok, offer.faults, offer.already) == (True, (), False)
    (pack,) = offer.packs
    assert (pack.id, pack.title, pack.region, pack.years, pack.replaces) == (
        "test/2023", "测试县报表包", "测试", "2022—2023年", words.REPLACES_NEW)
    assert "2 个样例" in pack.lines[0]
    assert any("第 1 个" in sentence for sentence in told)
    assert not own.exists()
    assert "test/2023" not in usable()

    assert install(offer) == words.DONE.format(titles="“测试县报表包”")
    assert "test/2023" in usable()
    (shown,) = [one for one in packs_shown() if one.id == "test/2023"]
    assert shown.installed
    assert offer.sha256[:16] in shown.origin
    assert "测试 2023.zip" in shown.origin
    assert next(one for one in packs_shown() if one.id == "shaanxi/2023").origin == words.SHIPPED
    again = look_into(path)
    assert again.already
    assert not again.ok
    with pytest.raises(DeskError, match="已经装过"):
        install(again)


def test_a_book_is_made_and_opened_with_it(own: Path, tmp_path: Path) -> None:
    put_in(good_zip(tmp_path / "a.zip"))
    book = tmp_path / "账册.xfb"
    library.new_book(book, Unit("某县信访局", region="测试"), 2023, "test/2023")
    desk = library.open_desk(book)
    assert desk.pack.title == "测试县报表包"
    assert desk.documents()[0].title == "测试县报表包"
    desk.close()
    card = look(book, dt.date(2023, 1, 1))
    assert card.kind == "部门预算公开"


def test_what_a_year_can_be_published_as_follows_what_is_put_in(own: Path, tmp_path: Path) -> None:
    of = replace(year(), pack="shaanxi/2023-selfeval", unit=Unit("某县信访局", region="测试"), year=2023)

    def found() -> list[str]:
        return [choice.pack for choice in documents(of)]

    before = found()
    assert "test/2023" not in before
    put_in(good_zip(tmp_path / "a.zip"))
    assert "test/2023" in found()
    with shelves.shipped_only():
        assert found() == before
    remove("test/2023")
    assert found() == before


def test_all_faults_are_told_at_once_and_nothing_is_put_in(own: Path, tmp_path: Path) -> None:
    files = pack_files()
    files["checks.toml"] = files["checks.toml"].replace("summary[income_total]", "summary[incme]")
    files["pack.toml"] = files["pack.toml"].replace('region = "测试"', 'region = "测试"\nregon = "x"')
    offer = look_into(zipped(tmp_path / "a.zip", under("test/2023", files)))
    assert not offer.ok
    assert len(offer.faults) == 2
    assert all(fault.startswith("test/2023/") for fault in offer.faults)
    with pytest.raises(DeskError, match="regon"):
        install(offer)
    assert not own.exists()


def test_an_example_that_does_not_hold_refuses_the_pack(own: Path, tmp_path: Path) -> None:
    files = pack_files()
    files["cases/all.toml"] = files["cases/all.toml"].replace('"7万元"', '"12万元"')
    offer = look_into(zipped(tmp_path / "a.zip", under("test/2023", files)))
    assert any("应当报出问题，却没有报出" in fault for fault in offer.faults)
    untested = dict(pack_files())
    del untested["cases/all.toml"]
    offer = look_into(zipped(tmp_path / "b.zip", under("test/2023", untested)))
    assert any("缺少应当报出的样例" in fault for fault in offer.faults)


def test_a_hostile_zip_is_refused_with_its_faults(own: Path, tmp_path: Path) -> None:
    offer = look_into(zipped(tmp_path / "a.zip", {**under("test/2023", pack_files()), "../x.toml": "", "test/2023/a.exe": ""}))
    assert len(offer.faults) == 2
    assert not offer.ok
    assert not own.exists()
    assert not (tmp_path.parent / "x.toml").exists()


def test_looking_can_be_called_off(own: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckCalledOff, match="什么也没有装"):
        look_into(good_zip(tmp_path / "a.zip"), called_off=lambda: True)
    assert not own.exists()


def test_codes_come_along_and_go_with_the_pack(own: Path, tmp_path: Path) -> None:
    files = {**under("test/2030", pack_files("test/2030", codes="2030")), **codes_files(2030)}
    files["test/2030/pack.toml"] = files["test/2030/pack.toml"].replace("codes = 2023\n", "").replace("[2022, 2023]", "[2030, 2030]")
    put_in(zipped(tmp_path / "a.zip", files))
    assert load_pack("test/2030", shelves.shelf()).codes.year == 2030
    (codes,) = [one for one in packs_shown() if one.id == "codes/2030"]
    assert codes.title == "2030 年政府收支分类科目表"
    with pytest.raises(DeskError, match="test/2030 要用到它"):
        remove("codes/2030")
    assert remove("test/2030") == words.REMOVED.format(title="“测试县报表包”")
    assert folders(own) == []
    assert "codes/2030" not in {one.id for one in packs_shown()}


def test_faulty_codes_are_told(own: Path, tmp_path: Path) -> None:
    files = {**under("test/2023", pack_files()), **codes_files(2031)}
    files["codes/2031/function.csv"] = "编码,名称\n"
    offer = look_into(zipped(tmp_path / "a.zip", files))
    assert any("codes/2031/function.csv" in fault for fault in offer.faults)


def test_a_newer_zip_replaces_the_older_one(own: Path, tmp_path: Path) -> None:
    put_in(good_zip(tmp_path / "旧.zip"))
    offer = look_into(good_zip(tmp_path / "新.zip", title="改过的报表包"))
    assert "旧.zip" in offer.packs[0].replaces
    install(offer)
    assert len(folders(own)) == 1
    assert load_pack("test/2023", shelves.shelf()).title == "改过的报表包"


def test_a_shipped_pack_is_replaced_and_comes_back(own: Path, tmp_path: Path) -> None:
    offer = look_into(good_zip(tmp_path / "a.zip", "hunan/2020", "改过的湖南"))
    assert offer.packs[0].replaces == words.REPLACES_SHIPPED
    assert any(fault.startswith("装上以后，报表包 hunan/2021 就不能用了") for fault in offer.faults)
    assert look_into(good_zip(tmp_path / "b.zip", "shaanxi/2023-selfeval", "自评")).ok
    put_in(tmp_path / "b.zip")
    shown = next(one for one in packs_shown() if one.id == "shaanxi/2023-selfeval")
    assert words.REPLACES_SHIPPED in shown.origin
    with shelves.shipped_only():
        assert load_pack("shaanxi/2023-selfeval", shelves.shelf()).title != "自评"
    assert load_pack("shaanxi/2023-selfeval", shelves.shelf()).title == "自评"
    assert remove("shaanxi/2023-selfeval") == words.REMOVED_SHIPPED_BACK.format(title="“自评”")
    assert load_pack("shaanxi/2023-selfeval", shelves.shelf()).title != "自评"


def test_one_of_two_packs_is_taken_out(own: Path, tmp_path: Path) -> None:
    files = {**under("test/2023", pack_files()), **under("test/county", child_files("test/county", "test/2023"))}
    put_in(zipped(tmp_path / "a.zip", files))
    assert {"test/2023", "test/county"} <= usable()
    with pytest.raises(DeskError, match="test/county 要用到它"):
        remove("test/2023")
    remove("test/county")
    assert "test/county" not in usable()
    assert "test/2023" in usable()
    assert not list((own / "packs").glob("*/test/county"))
    remove("test/2023")
    assert folders(own) == []


def test_what_cannot_be_taken_out_is_told(own: Path, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="是随程序带来的，卸不下来"):
        remove("shaanxi/2023")
    with pytest.raises(DeskError, match="还没有"):
        remove("nowhere/2023")
    put_in(good_zip(tmp_path / "a.zip"))
    with pytest.raises(DeskError, match="装入过的有：test/2023"):
        remove("nowhere/2023")


def test_ids_that_differ_by_case_are_refused(own: Path, tmp_path: Path) -> None:
    offer = look_into(good_zip(tmp_path / "a.zip", "Shaanxi/2023"))
    assert any("只差大小写" in fault for fault in offer.faults)


# ---- damage ----


def spoil(own: Path, name: str, text: str | None) -> None:
    path = next((own / "packs").glob(f"*/{name}"))
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("name", "text", "told"), [
    ("test/2023/checks.toml", "bad = ", "checks.toml 与装入时不同"), ("test/2023/tables/summary.toml", None, "缺少 test/2023/tables/summary.toml"),
])
def test_a_damaged_pack_says_so_and_other_books_open(name: str, text: str | None, told: str, own: Path, tmp_path: Path) -> None:
    put_in(good_zip(tmp_path / "a.zip"))
    mine, other = tmp_path / "我的.xfb", tmp_path / "别的.xfb"
    library.new_book(mine, Unit("某县信访局", region="测试"), 2023, "test/2023")
    library.new_sample("004", other)
    spoil(own, name, text)
    with pytest.raises(DeskError, match="已经损坏") as caught:
        library.open_desk(mine)
    assert told in str(caught.value)
    library.open_desk(other).close()
    assert "test/2023" not in usable()
    assert any(told in line for line in pack_lines())
    put_in(tmp_path / "a.zip")
    library.open_desk(mine).close()
    assert len(folders(own)) == 1


def test_a_damaged_pack_is_not_quietly_replaced_by_the_shipped_one(own: Path, tmp_path: Path) -> None:
    put_in(good_zip(tmp_path / "a.zip", "shaanxi/2023-selfeval", "自评"))
    spoil(own, "shaanxi/2023-selfeval/pages.toml", "")
    info = next(info for info in list_packs(shelves.shelf()) if info.id == "shaanxi/2023-selfeval")
    assert "已经损坏" in info.problems[0].message_cn
    remove("shaanxi/2023-selfeval")
    assert "shaanxi/2023-selfeval" in usable()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"serial": 1}', '{"serial":1,"source":"","sha256":"","when":"","titles":{"../x":""},"files":{}}'])
def test_a_record_that_cannot_be_read_is_told(text: str, own: Path, tmp_path: Path) -> None:
    put_in(good_zip(tmp_path / "a.zip"))
    spoil(own, shelves.RECORD, text)
    assert "test/2023" not in usable()
    assert "shaanxi/2023" in usable()
    assert any("记录读不出来" in line for line in pack_lines())
    put_in(tmp_path / "a.zip")
    assert not shelves.unreadable()
    assert "test/2023" in usable()


def test_an_unreadable_one_can_be_cleared_away(own: Path, tmp_path: Path) -> None:
    put_in(good_zip(tmp_path / "a.zip"))
    (name,) = folders(own)
    spoil(own, shelves.RECORD, "")
    assert name in remove(name)
    assert folders(own) == []


# ---- the disk ----


@pytest.mark.parametrize("at", range(8))
def test_a_disk_that_fills_up_leaves_nothing_behind(at: int, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(good_zip(tmp_path / "旧.zip"))
    before = folders(own)
    offer = look_into(good_zip(tmp_path / "新.zip", title="改过的报表包"))
    write, written = pack_install._write, [0]

    def full(path: Path, content: bytes) -> None:
        written[0] += 1
        if written[0] > at:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content)

    monkeypatch.setattr(pack_install, "_write", full)
    with pytest.raises(DeskError, match="原有的报表包没有改动"):
        install(offer)
    assert folders(own) == before
    assert load_pack("test/2023", shelves.shelf()).title == "测试县报表包"


def test_a_killed_installation_leaves_nothing_that_counts(own: Path, tmp_path: Path) -> None:
    put_in(good_zip(tmp_path / "a.zip"))
    half = own / "packs" / ".new-half"
    shutil.copytree(next((own / "packs").glob("0*")), half)
    gone = own / "packs" / ".gone-0000"
    gone.mkdir()
    os.utime(half, (0, 0))
    assert len(shelves.bundles()) == 1
    put_in(good_zip(tmp_path / "b.zip", "test/2024", "另一个"))
    assert not half.exists()
    assert not gone.exists()
    assert [bundle.serial for bundle in shelves.bundles()] == [1, 2]


def test_the_record_says_where_it_comes_from(own: Path, tmp_path: Path) -> None:
    offer = look_into(good_zip(tmp_path / "a.zip"))
    install(offer)
    record = json.loads(next((own / "packs").glob("*/bundle.json")).read_text(encoding="utf-8"))
    assert record["sha256"] == offer.sha256
    assert record["source"] == "a.zip"
    assert record["size"] == (tmp_path / "a.zip").stat().st_size
    assert set(record["files"]) == {f"test/2023/{name}" for name in pack_files()}
