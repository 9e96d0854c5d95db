"""Why a paper cannot be written, or is not handed over."""

from __future__ import annotations

# ---- errors ----

MISSING_GLYPH = (
    "{place}里有一个字“{char}”（编码 {code}），随程序带的字体里没有它，印出来会是空白。请换成常用的写法，"
    "或把这个字告诉软件维护人员。"
)
READBACK_DIFFERS = (
    "核对刚写出的文件“{file}”时发现{place}不一致：应为“{wanted}”，实际为“{there}”。这个文件没有采用，"
    "原有文件未动；请重新生成，若仍然如此请联系软件维护人员。"
)

# ---- writer ----

KIND_UNKNOWN = "不知道怎样生成“{unknown}”这种文件，请检查报表包里的文件名设置。"
DISK_FULL = "磁盘满了，写不下“{name}”。请清理“{folder}”所在的磁盘，或换一个文件夹再生成。"
FILE_OPEN_ELSEWHERE = "“{name}”正被别的程序打开（例如 WPS 或 Excel），无法替换。请先关闭它再生成。"
NO_PERMISSION = "没有在“{folder}”里写文件的权限，“{name}”没有生成。请换一个文件夹，或请管理员开放权限。"
NAME_TAKEN = "“{target}”这个位置上已有同名的文件夹或文件，无法写入“{name}”。请改名或换一个文件夹。"
CANNOT_WRITE = "“{name}”写不进“{folder}”，系统说：{strerror}。请换一个文件夹再试。"
CANNOT_READ_BACK = "“{name}”读不回来，文件可能已经损坏，请重新生成。"

# ---- what is being done ----

WRITING = {
    "workbook": "正在生成公开表“{name}”……", "narrative": "正在生成公开说明“{name}”……",
    "narrative_pdf": "正在生成公开说明“{name}”……", "document": "正在生成完整公开稿“{name}”……"}
CHECKING = "正在核对“{name}”……"

# ---- places ----

PLACE_CELL = "{table}第“{row}”行“{column}”列"
PLACE_ROW = "{table}第“{row}”行"
PLACE_COLUMN = "{table}“{column}”列"
PLACE_ANY = "内容"
AT_COVER = "封面标题"
AT_UNIT = "单位名称"
AT_HEAD = "“{name}”的表头"
AT_COLUMNS = "“{name}”的栏目"
AT_HEADS = "“{name}”的表头事项"
AT_NOTES = "“{name}”的表注"
AT_ROW = "“{name}”第{number}行"
AT_NARRATIVE = "公开说明的标题"
AT_HEADING = "公开说明“{heading}”"
AT_SECTION = "公开说明“{heading}”一节"
AT_CHART = "附图“{title}”"
AT_TEXT = "要打印的文字"

# ---- what was expected and what was there ----

NOTHING = "空白"
NONE = "（没有）"
NUMBER = "数字 {value}"
FORMULA = "公式 {formula}"
RESULT = "公式结果 {value}"
FORMULA_GIVES = "公式 {formula} 的结果 {value}"
FORMULA_WITH = "公式，结果 {value}"
PAGES = "{count}页"
NO_SENTENCE = "没有这句话"
NO_NUMBER = "没有这个数"
NO_TITLE = "没有这个标题"
