"""The words on and under the pictures of the budget."""

from __future__ import annotations

INCOME = "收入按资金来源"
FUNCTIONS = "支出按功能分类"
TOTALS = "本年与上年"
SHAPE = "基本支出与项目支出"
SANGONG = "“三公”经费各年预算"
CARRIED = "上年结转"
NO_FUNCTION = "未填功能科目"
TOTAL_NAMES = ("收入合计", "支出合计", "基本支出", "项目支出")
SHAPE_NAMES = ("人员经费", "公用经费", "项目支出", "经营等其他支出")
SANGONG_NAMES = ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费")

AMOUNT = "{name}{amount}万元"
INCOME_SAYS = "{year}年收入合计{total}万元：{parts}。"
FUNCTIONS_SAY = "{year}年支出合计{total}万元：{parts}。"
WAS = "（上年{amount}万元）"
TOTALS_SAY = "{parts}。"
SHAPE_SAYS = "{parts}。"
SHAPE_OF = "{year}年{parts}"
SANGONG_SAYS = "{parts}。"
SANGONG_OF = "{year}年合计{total}万元（{parts}）"

HEADING = "附图"
UNIT = "单位：万元"
TAB = "图"
TAB_NAME = "收支图"
INTRO = "这些图由明细直接画出，改一个数，图就跟着变。要印进完整 PDF，请在“生成与公开”页勾选“附收支图”。"
NONE = "还没有可以画的数。填了收入和支出以后，这里会画出收支的样子。"
COPY = "复制图片"
COPY_NAMED = "复制“{title}”的图片"
SAVE = "另存图片……"
SAVE_NAMED = "把“{title}”另存为图片文件"
SAVE_TITLE = "另存图片"
SAVE_FILTER = "矢量图 (*.svg);;图片 (*.png)"
COPIED = "“{title}”的图片已复制，可以粘贴到文档里。"
SAVED = "“{title}”的图片已存到“{file}”。"
NOT_SAVED = "图片没有存成：“{file}”写不进去（{reason}）。请换一个文件夹再试。"
DRAWING = "正在画图……"
