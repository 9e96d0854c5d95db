"""Every key that is not in the menus (those are read off the menus themselves), and the words of the key card."""

from __future__ import annotations

TITLE = "按键卡"
SUBTITLE = "{program}　剪下来贴在屏幕边上"
FILE_NAME = "按键卡.pdf"
FILE_FILTER = "PDF 文件 (*.pdf)"
SAVE_TITLE = "按键卡保存到"
MADE = "按键卡已保存到“{path}”，并已打开，可以打印。"
SHOWN_AS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PageDown"}
"""Keys of the menus as they stand on a keyboard."""
FOOT = "菜单里的命令旁边也写着按键。忘了就按 F1。"

TOO_MANY = "“{title}”在一页 A4 上排不下，请告诉软件维护人员。"

GROUPS = (
    ("开始页", (
        (("Delete",), "把账册从列表里去掉（文件不动）"),
        (("Shift+Delete",), "删除账册（可以恢复）"),
    )),
    ("换页", (
        (("Ctrl+1 至 Ctrl+9",), "直接到第一页至第九页"),
    )),
    ("表格里", (
        (("回车", "Shift+回车"), "到下一行、上一行"),
        (("Tab", "Shift+Tab"), "到右边、左边一格；过了最后一格离开表格"),
        (("F2",), "修改这一格（直接打字就是重填）"),
        (("Esc",), "放弃正在打的字"),
        (("F4",), "从科目表、选项、项目或常用语里挑"),
        (("空格",), "打勾、去勾"),
        (("Delete",), "清除选中的格"),
        (("Ctrl+C", "Ctrl+X", "Ctrl+V"), "成块复制、剪切、粘贴"),
        (("Ctrl+Shift+C",), "连同栏目名复制"),
        (("Ctrl+D",), "把最上面一格向下填充"),
        (("Ctrl+回车",), "用当前格填满选中的格"),
        (("Insert", "Ctrl+Delete"), "插入一行、删除选中的行"),
        (("Ctrl+Shift+D",), "复制成新的一行"),
        (("Alt+↑", "Alt+↓"), "把行上移、下移"),
        (("Ctrl+End",), "到最后一格"),
        (("Shift+F10",), "表格的菜单：排序、筛选等"),
    )),
    ("一项一项填的地方", (
        (("Tab", "Shift+Tab"), "到下一项、上一项"),
        (("F4",), "打开选项；在原因和长文字里挑常用语"),
        (("Delete",), "取消“是”“否”的选择"),
    )),
    ("报表和核查结果", (
        (("回车",), "到这个数填写的地方；在核查结果里是到那里去"),
        (("空格",), "这个数是怎样算出来的"),
        (("Alt+2", "Alt+3", "Alt+4"), "照第二、三、四种改法改好"),
        (("Ctrl+回车",), "写入说明"),
    )),
    ("预览", (
        (("↑", "↓", "PageUp", "PageDown"), "滚动"),
        (("←", "→"), "到上一个、下一个数"),
        (("回车",), "这个数从哪里来"),
        (("Alt+加号", "Alt+减号"), "放大、缩小"),
    )),
    ("查找框和帮助", (
        (("↑", "↓"), "在找到的地方里挑"),
        (("回车",), "到那里去"),
        (("Esc",), "收起"),
    )),
)
