"""What stands on the papers themselves where the form pack says nothing else: file names, cover, foot, draft mark."""

from __future__ import annotations

# ---- file names and titles a pack need not give ----

FILES = {"workbook": "{unit}{year}年部门预算公开表.xlsx", "narrative": "{unit}{year}年部门预算公开说明.docx",
         "narrative_pdf": "{unit}{year}年部门预算公开说明.pdf", "document": "{unit}{year}年部门预算公开.pdf"}
NARRATIVE_TITLE = "{unit}{year}年部门预算公开说明"
NUMBERING = ("{cn}、", "（{cn}）", "{n}.", "（{n}）")
CORNER = "单位名称：{unit}"

# ---- cover, contents and foot ----

COVER = "封面"
CONTENTS = "目录"
CONTENTS_TITLE = "目　录"
CONTENTS_ENTRY = "{title}，第{page}页"
TABLES = "部门预算公开表"
DRAFT = "草稿"
CONTINUED = "（续）"
FOOT = "第{page}页  共{total}页"
EXPLAINED = "核查提醒的说明"
EXPLANATION = "说明：{text}"
TABLE_TITLE = "{number}　{title}"

# ---- the workbook and the Word file ----

NO_TABLES = "无公开表"
SHEET = "表"
SHEET_FOOT = "&C第 &P 页　共 &N 页"
SHEET_DRAFT = "&C&36草稿"
FACES = {"song": "宋体", "hei": "黑体", "kai": "楷体", "fang": "仿宋"}
"""The type faces every office has, by the names Word and Excel ask for."""
