from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.changes import changes
from xinfang_desk.model.change import Change, SetUnit
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Unit
from xinfang_desk.store import StoreError
from xinfang_desk.store.codec import decode_change, encode_steps

_JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=4))


@given(changes())
def test_a_change_comes_back_as_it_was(change: Change) -> None:
    again = decode_change(change.label, encode_steps(change.steps))
    assert again == change
    assert repr(again) == repr(change)


def test_a_unit_comes_back_with_its_kind() -> None:
    change = Change("改单位", (SetUnit(Unit("甲"), Unit("乙", "436", UnitKind.PUBLIC_1, "某县")),))
    assert decode_change("改单位", encode_steps(change.steps)) == change


@pytest.mark.parametrize("text", [
    None, 5, "", "{", "{}", "[1]", '[{"do":"drop"}]', '[{"do":["field"]}]', '[{"do":"field","space":"lines"}]',
    '[{"do":"field","space":"years","id":1,"field":"year","old":1,"new":2}]',
    '[{"do":"field","space":"lines","id":1,"field":"id","old":1,"new":2}]',
    '[{"do":"field","space":"lines","id":true,"field":"note","old":"","new":""}]',
    '[{"do":"field","space":"lines","id":1,"field":"amount","old":1,"new":1.5}]',
    '[{"do":"field","space":"lines","id":1,"field":"carry","old":1,"new":0}]',
    '[{"do":"field","space":"lines","id":1,"field":"kind","old":"人员","new":"王"}]',
    '[{"do":"insert","space":"lines","position":0,"record":{"id":1}}]',
    '[{"do":"value","space":"facts","address":"a","old":null,"new":[["x",1]]}]',
    '[{"do":"value","space":"priors","address":"a","old":null,"new":"x"}]',
    '[{"do":"unit","old":{},"new":{}}]', "[" * 100_000])
def test_a_hostile_history_is_refused(text: object) -> None:
    with pytest.raises(StoreError, match="不合格式"):
        decode_change("x", text)


@given(_JSON)
def test_any_json_is_refused_or_understood(raw: object) -> None:
    try:
        change = decode_change("x", json.dumps(raw))
    except StoreError:
        return
    assert json.loads(encode_steps(change.steps)) == raw
