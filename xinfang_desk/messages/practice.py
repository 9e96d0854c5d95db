"""Words of the practice department and its guide."""

from __future__ import annotations

FILE = "练习部门.xfb"
RULE = "规则：{title}（{id}）。依据：{law}。"
UNREADABLE = "练习用的错误清单读不出来（{reason}），程序没有装完整，请重新安装。"
NO_FOLDER = "练习账册放不进“{folder}”（{reason}）。请检查这个文件夹能不能写，或用“样例账册”另选位置建一本。"
CANNOT_PUT_ASIDE = "原来的练习账册“{path}”移不开（{reason}）。请关闭占用它的程序后再试。"

# ---- the guide beside the page ----

GUIDE = "练习指引"
GUIDE_TITLE = "练习：把埋下的错误找出来"
GUIDE_HELP = "核查结果会报出错误的现象，一处错误常常引出好几条；找到根子改一处，相关的几条就一起消失。"
PROGRESS = "埋了 {planted} 处错误，已改好 {mended} 处"
ALL_MENDED = "埋下的 {planted} 处错误全部改好了。"
ALL_MENDED_READY = "这本账册现在可以公开，请到“生成与公开”页生成公开稿试一试。"
ALL_MENDED_NOT_READY = "核查结果里还有别的问题，改完就可以公开。"
NUMBER_STATE = "第 {number} 处（共 {planted} 处）　{state}"
STILL = "● 还在"
MENDED = "✓ 已改好"
MENDED_TITLE = "✓ 已改好：{title}"
BEFORE = "上一处"
AFTER = "下一处"
NOTHING_SHOWN = "先自己在核查结果和各页里找找看。没有头绪，就按“给个提示”。"
STEPS = ("给个提示(&T)", "说说在哪里(&T)", "讲讲为什么(&T)")
STEP_NAMES = ("提示", "在哪里", "为什么错")
GO = "到那里去(&J)"
JUST_MENDED = "改对了，第 {number} 处错误：{title}。"
BACK_AGAIN = "第 {number} 处错误又出现了。"

# ---- the start page and menus ----

OPEN = "打开练习部门(&P)"
AGAIN = "重新开始练习(&R)"
AGAIN_HINT = "练习账册回到刚发下来的样子，原来的一本改名留着。"
ABOUT = "一本埋了十几处错误的练习账册：找出来、改好，每一处都有提示和讲解，不会动您自己的账册。"
AGAIN_TITLE = "重新开始练习"
AGAIN_ASK = "要用一本新的练习账册从头开始吗？原来的一本改名留在同一个文件夹里，不会丢失。"
AGAIN_YES = "从头开始"
ASIDE = "{stem}（{moment}）{suffix}"
