"""The time of a signature, whatever the system calls its time zone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from xinfang_desk.signing.sign import zone_by_distance


def test_a_zone_whose_name_is_no_text_does_no_harm() -> None:
    strange = datetime(2026, 11, 29, 6, 20, tzinfo=timezone(timedelta(hours=8), "\udcd6\udcd0"))
    found = zone_by_distance(strange)
    assert found == strange
    assert found.utcoffset() == timedelta(hours=8)
    assert found.strftime("%H:%M %Z") == "06:20 UTC+08:00"
