"""What the terminal says of itself."""

from __future__ import annotations

# ---- commands ----

WRONG_USE = "命令写法不对：{in_chinese}。加 --help 可看用法。"
ABOUT = (
    "部门预算公开编制台。不带子命令时打开窗口：xinfang-desk [账册.xfb]　　"
    "装好后自检：xinfang-desk --self-test 文件夹 [--window]"
)
