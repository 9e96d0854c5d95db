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

# ---- tool bar ----

TOOL_BAR = "工具栏"
DO_TOGGLE_TOOL_BAR = "显示或收起工具栏"
TOOL_MORE = "更多按钮"
TOOL_TIP = "{tip}（{key}）"
TOOL_COUNT = "{text}（{count}）"
TOOLS = {
    "undo": ("撤销", "撤销刚才的修改"),
    "redo": ("重做", "把撤销的修改做回来"),
    "find": ("查找", "查找账册里的数、文字或编码"),
    "previous": ("上一页", "到目录的上一页"),
    "next": ("下一页", "到目录的下一页"),
    "finding": ("下一个问题", "到下一个要处理的问题"),
    "preview": ("预览", "看打印出来的样子"),
    "publish": ("生成", "到“生成与公开”页，生成公开稿"),
}
TOOL_ORDER = ("undo", "redo", "", "find", "", "previous", "next", "", "finding", "", "preview", "publish")
TOOL_SIGNS = {"undo": "undo", "redo": "redo", "find": "find", "previous": "page-previous", "next": "page-next",
              "finding": "finding", "preview": "preview", "publish": "publish"}

# ---- columns of entry tables ----

MORE_COLUMNS = "更多栏"
MORE_COLUMNS_COUNT = "更多栏（{count}）"
COLUMNS_AWAY = "屏幕放不下，没有填过的栏收起来了；按一下全部显示。"
ALL_COLUMNS_SHOWN = "各栏都显示着；再按一下，没有填过又放不下的栏收起来。"

# ---- what a screen reader says ----

SPOKEN_MINUS = "负"
SPOKEN_BLANK = "空白"
SPOKEN_JOIN = " "
SPOKEN_ROW = "第{row}行"
SPOKEN_ENTRY = "第{row}行，{title}，{text}"
SPOKEN_REASON = "{cell}。{reason}"
SPOKEN_SHEET = "{name}，{heading}，{text}"
