"""What the program says before it has a face: how it starts, and why it cannot."""

from __future__ import annotations

# ---- __main__ ----

SURPRISE = "程序遇到没有料到的错误（{name}：{error}），已停止。请重新打开；若再次出现，请把这句话告诉软件维护人员。"
SURPRISE_LOGGED = (
    "程序遇到没有料到的错误（{name}：{error}），已停止。请重新打开；若再次出现，请把写有经过的日志 {file} 交给软件维护人员。"
)
LOG_FILE = "xinfang-desk.log"
NO_LOG = "提示：日志 {file} 写不进去（{strerror}），本次不记日志。"
NO_COMMAND = "没有叫“{first}”的子命令，也没有这个账册文件。运行“xinfang-desk --help”可看全部用法。"
NO_QT = "打不开窗口：没有安装图形界面库 PySide6，请在程序目录运行“make setup”，或重新安装本程序。"

# ---- system_libraries ----

LIBRARY_ASK = "打不开窗口：系统缺少库文件 {soname}，请让管理员安装包含它的软件包后再试。"
LIBRARY_INSTALL = "打不开窗口：系统缺少库文件 {soname}，请运行“sudo apt-get install {package}”安装后再试。"
NO_WINDOW = "打不开窗口（{error}）。请重新安装本程序；若仍然如此，请把这句话告诉软件维护人员。"
NO_SCREEN = "打不开窗口：这里没有图形界面（没有设置 DISPLAY），请在桌面环境中运行，或改用命令行子命令。"

# ---- places ----

FOLDER_MISSING = "找不到程序自带的文件夹“{name}”（查过 {installed} 和 {checkout}），程序没有装完整，请重新安装。"
