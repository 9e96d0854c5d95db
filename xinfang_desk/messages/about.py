"""About the program: its version, its licence, what is shipped with it, and how to check that it is the right one."""

from __future__ import annotations

DO_ABOUT = "关于本程序(&A)"
TITLE = "关于本程序"
PROGRAM_LINE = "{program}　{version}"
LICENCE_LINE = "自由软件，按 GPL-3.0-or-later 许可发布；不联网，不收集任何信息。"

TAB_PROGRAM = "程序"
TAB_PARTS = "随带的部件"
TAB_LICENCES = "许可全文"

FACT_VERSION = "版本"
FACT_PYTHON = "Python"
FACT_QT = "Qt"
FACT_SYSTEM = "系统"
FACT_PLACE = "程序所在"
FACT_DATA = "本人的数据"
FACT_LOG = "日志"
FACT_PACKS = "装入的报表包"
FACTS = "程序的情况"
DATA_HINT = "{folder}（练习账册、装入的报表包、日志）"
CHECK_HEAD = "怎样核对安装包"
CHECK_TEXT = (
    "安装包旁边有一个 SHA256SUMS 文件，写着每个安装包的校验值。装之前在放安装包的文件夹里运行下面的命令，"
    "算出来的值和 SHA256SUMS 里的一字不差，才是原样的安装包。"
)
CHECK_WINDOWS = "Windows：certutil -hashfile 安装包文件名 SHA256"
CHECK_LINUX = "Linux：sha256sum -c SHA256SUMS"
DO_COPY = "复制程序的情况"
DO_COPY_HINT = "复制到剪贴板，问问题时可以粘贴给维护人员"
COPIED = "已复制。"
DO_MANUAL = "安装说明"

COLUMNS = ("名称", "版本", "许可")
PARTS_TITLE = "随带的部件清单"
PARTS_COUNT = "共 {count} 个部件。清单文件（CycloneDX）：{path}"
PARTS_NONE = "这是从源代码运行的程序，部件清单在制作安装包时才生成。这里列出的是锁定的依赖和随带的字体。"
PARTS_BROKEN = "部件清单 {path} 读不出来：{reason}。程序可能没有装完整，请重新安装。"
LICENCE_UNKNOWN = "见许可全文"
LICENCE_IN_PACKAGE = "见该部件自己的许可"
OWN_LICENCE = "本程序"
FONT_LICENCE = "字体 {name}"
LICENCES_TITLE = "许可的名单"
LICENCE_TEXT = "许可的全文"
LICENCES_NONE = "没有找到许可文件，程序可能没有装完整，请重新安装。"
LICENCE_UNREADABLE = "{path} 读不出来：{reason}。"
