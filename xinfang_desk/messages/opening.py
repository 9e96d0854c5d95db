"""What is told while a book is opened, made or put away."""

from __future__ import annotations

CARD = "请稍候"
PROGRESS = "正在进行，请稍候"
CANCEL = "取消"
CANCEL_HINT = "不再打开这本账册，回到原来的地方（Esc）。账册文件不会有任何改动。"
OPENING = "正在打开“{name}”"
MAKING = "正在新建“{name}”"
SWITCHING = "正在换成“{name}”"
STAGE_BOOK = "正在读取账册……"
STAGE_CHECKING = "正在核查 {count} 条明细……"
STAGE_SHOWING = "正在摆好页面……"
CALLED_OFF = "已取消，没有打开“{name}”。"
HERE_ALREADY = "程序已经开着，就在这个窗口里接着做。"
