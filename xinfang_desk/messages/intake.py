"""Why a file that was to be taken in is refused, or a row of it."""

from __future__ import annotations

# ---- subjects ----

NO_ACCOUNTS = "在文件“{name}”里没有认出科目。请确认表里有“科目编码”和“科目名称”两列，或“类”“款”“项”和“科目名称”各列。"
NO_ACCOUNTS_FOR_EXAMPLE = (
    "在文件“{name}”里没有认出科目。请确认表里有“科目编码”和“科目名称”两列，或“类”“款”“项”和“科目名称”各列。"
    "例如工作表“{sheet}”第 {row} 行“{text}”：{reason}"
)
CODE_TWO_NAMES = "编码“{code}”重复，工作表“{sheet}”第 {row} 行是“{name}”，两处名称不同，先按前面的采用。"
CODE_ORPHAN = "“{code}”上面的{level}“{above}”在文件和现有科目表里都没有，请补上这一行。"
INCOME_ACCOUNTS_MANY = "{reason_cn}这样的共 {count} 行。"
INCOME_ACCOUNT = "这是收入分类科目，支出科目表里用不到，没有采用。"
NO_CODE = "“{code}”不是科目编码，编码只能是数字。"
CODE_FOREIGN = "编码“{code}”不属于支出功能分类（2 开头）、部门预算经济分类（3 开头）或政府预算经济分类（5 开头）。"
CODE_LENGTH = "编码“{code}”有 {count} 位，{label}应是 {lengths} 位。"
NAME_ODD = "编码“{code}”的名称“{name}”不像科目名称，请核对这一行。"

# ---- workbook ----

RESAVE = "请用 WPS 表格或 Excel 打开它，另存为 .xlsx 后再选择。"
TOO_LARGE = "文件“{name}”有 {size} MB，超过 {max_bytes} MB，没有读取。请删去无关的工作表和图片后再选择。"
NOT_THERE = "在“{parent}”里找不到文件“{name}”。它可能被移走或改了名，请重新选择。"
UNREADABLE = "读不了文件“{name}”（{strerror}）。它如果正在 WPS 或 Excel 里打开，请先关闭；也请检查有没有读取的权限。"
EMPTY = "文件“{name}”是空的，请重新导出后再选择。"
WEB_PAGE = "文件“{name}”其实是网页或 XML 格式，只是用了表格的扩展名，程序没有读取。{resave}"
NO_WORKBOOK = "文件“{name}”不是 .xlsx 或 .xls 工作簿，也可能已经损坏。{resave}"
BROKEN = "文件“{name}”已损坏，读不完整。{resave}若打不开，请重新向提供的人要一份。"
LOCKED = "文件“{name}”设了打开密码，程序读不了。请用 WPS 表格或 Excel 输入密码打开，另存为没有密码的副本后再选择。"
AREA_TOO_LARGE = (
    "文件“{name}”里有的工作表用到的区域太大（最多 {max_rows} 行、{max_columns} 列），没有读取。"
    "请删去表格以外零散的内容，或把需要的部分复制到新的工作簿。"
)
NO_XLSX = "文件“{name}”不是 .xlsx 工作簿（可能是 Word、ODS 或压缩包）。{resave}"
UNPACKS_TOO_LARGE = "文件“{name}”展开以后太大，没有读取。请把需要的工作表复制到新的工作簿再选择。"
NO_VISIBLE_SHEET = "文件“{name}”里没有看得见的工作表，没有内容可读。请检查是不是选错了文件。"
TOO_MANY_SHEETS = "文件“{name}”有 {count} 张工作表，超过 {max_sheets} 张，请只留下需要的。"
