"""What stands on the papers themselves where the form pack says nothing else: file names, cover, foot, draft mark."""

from __future__ import annotations

# ---- file names and titles a pack need not give ----

FILES = {"workbook": "{unit}{year}年部门预算公开表.xlsx", "narrative": "{unit}{year}年部门预算公开说明.docx",
         "narrative_pdf": "{unit}{year}年部门预算公开说明.pdf", "document": "{unit}{year}年部门预算公开.pdf"}
NARRATIVE_TITLE = "{unit}{year}年部门预算公开说明"
NUMBERING = ("{cn}、", "（{cn}）", "{n}.", "（{n}）")
CORNER = "单位名称：{unit}"
