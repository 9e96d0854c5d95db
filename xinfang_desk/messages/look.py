"""Words of the window's appearance: light and dark, size of type."""

from __future__ import annotations

APPEARANCE = "外观"
SCHEMES = {"system": "随系统", "light": "浅色", "dark": "深色"}
SCHEME_CHANGED = {"system": "外观改为随系统。", "light": "外观改为浅色。", "dark": "外观改为深色。"}
DO_LARGER = "放大文字"
DO_SMALLER = "缩小文字"
DO_USUAL_SIZE = "恢复文字大小"
SIZE_NOW = "文字大小：{percent}%。按 Ctrl+0 恢复。"
SIZE_USUAL = "文字大小：100%。"
SIZE_LARGEST = "文字大小：{percent}%，已经最大。按 Ctrl+0 恢复。"
SIZE_SMALLEST = "文字大小：{percent}%，已经最小。按 Ctrl+0 恢复。"
