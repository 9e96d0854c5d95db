"""What the Windows installer and the launcher say before the program itself can speak. One sentence each."""

from __future__ import annotations

PROGRAM = "预算公开编制台"
PUBLISHER = "Xinfang Desk"
BOOK = "预算公开账册"
DESCRIPTION = "部门预算公开编制，离线使用"
SETUP = "“{program}”安装程序"

# The launcher
BROKEN = "程序的文件不完整，可能被杀毒软件删去了一部分，打不开窗口。账册没有动。请重新运行安装程序；再不行，请信息人员把安装文件夹加入信任。"
BROKEN_WHERE = "缺少的文件"

# The installer
NOT_64_BIT = "这台电脑的 Windows 是 32 位的，本程序只能装在 64 位的 Windows 10 或 Windows 11 上。没有安装任何东西。请换一台电脑，或请信息人员重装系统。"
TOO_OLD = "这台电脑的 Windows 太旧，本程序只能装在 64 位的 Windows 10 或 Windows 11 上。没有安装任何东西。请换一台电脑，或请信息人员升级系统。"
RUNNING = "“{program}”正在运行，现在换不了程序文件。请到它的窗口里把手头的事做完并关闭窗口，再点“重试”。账册不受影响。"
RUNNING_REMOVE = "“{program}”正在运行，现在不能卸载。请到它的窗口里把手头的事做完并关闭窗口，再点“重试”。账册不受影响。"
NEWER_THERE = "这台电脑上已经装了更新的版本（$R1），手里这份安装程序是 {version}。旧版本打不开新版本写过的账册。仍要换成旧版本吗？"
NO_ROOM = "$R1 盘只剩 $R2 MB，装“{program}”要 ${{ROOM_MB}} MB。没有动任何文件。请清理这个盘，或在上一步换一个盘。"
WELCOME = ("把“{program}”{version} 装到这台电脑上。$\\r$\\n$\\r$\\n只给您自己装，不需要管理员权限，也不连接网络。装过旧版本的，会换成这个版本；"
           "账册、备份和设置都原样留着。$\\r$\\n$\\r$\\n点“下一步”继续。")
FINISH = "“{program}”已经装好。桌面和“开始”菜单里都有它的图标，也可以直接双击账册文件（.xfb）打开。"
FINISH_RUN = "现在就打开“{program}”"
REMOVE = "将从这台电脑上卸载“{program}”。只删除程序自己的文件；账册、备份、公开稿和设置都留着，以后重新安装可以接着用。"
COPYING = "正在放置程序文件……"
TAKING_OUT_OLD = "正在换下旧版本的程序文件……"
REMOVING = "正在删除程序文件……"


def defines(version: str) -> dict[str, str]:
    """Every sentence under its name, filled in, as the installer's script wants it."""
    return {name: value.format(program=PROGRAM, version=version)
            for name, value in globals().items() if name.isupper() and isinstance(value, str)}
