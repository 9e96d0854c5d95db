"""What the desk says: refused entries, the verdict, why nothing can be built."""

from __future__ import annotations

# ---- build ----

BUILD_CANCELLED = "已取消生成，文件夹里原有的文件没有改动。"
BUILD_REFUSED = "现在还不能生成公开稿：{parts}。改好后再生成；只想看样子，可以先生成草稿。"
BUILD_UNSAVED = "刚才的改动还没有存到磁盘上，请先解决存盘的问题再生成。"

# ---- desk ----

ANSWERED = "填写说明"
ANSWER_TAKEN_BACK = "清除说明"
NOT_READY = "还不能公开：{parts}。"
ERRORS_TO_MEND = "{count} 处错误必须修改"
STILL_MISSING = "{count} 项必填没有填"
WARNINGS_TO_ANSWER = "{count} 处提醒要写说明"
READY = "可以公开：没有错误，提醒都已说明。"
DESK_READ_ONLY = "这本账册是以只读方式打开的，不能修改。请关闭占用它的程序后重新打开。"

# ---- documents ----

NO_DOCUMENT = "{year}年度没有适用的“{wanted}”，可以选：{named}。"

# ---- forms ----

CHOICE_UNKNOWN = "“{label}”里没有“{plain}”，可以选：{choices}。"
NO_SUCH_DAY = "“{plain}”不是日历上的日子，请核对年月日。"
NO_DATE = "“{plain}”不是日期，请写成 2023-03-13 或 2023年3月13日。"

# ---- grid ----

POINTS_UNKNOWN = "“{text}”不是得分，请填 0 或正数，最多两位小数，例如 7.5。"
POINTS_NEGATIVE = "“{text}”是负数，得分最低是 0。"
NO_COUNT = "“{text}”不是数量，请填整数，例如 13。"
COUNT_NOT_WHOLE = "“{text}”不是整数，数量请填 0 或正整数。"
CODE_UNKNOWN = "{year}年的{label}里没有 {head}，请按 F4 从科目表里选。"
CODE_LENGTH = "“{plain}”的位数不对，{label}的编码是 {wanted} 位数字。"
CODE_SEVERAL = "叫“{plain}”的科目不止一个（{same}），请填编码。"
CODE_NO_NAME = "{label}里没有叫“{plain}”的科目，请按 F4 从科目表里选。"
CHOICE_NOT_THERE = "“{title}”里没有“{plain}”，可以填：{options}。"
FLAG_UNKNOWN = "“{title}”只能填“是”或“否”。"
PROJECT_NUMBERED = "项目 {id}"
NO_PROJECT = "还没有叫“{plain}”的项目，请先在“项目支出”页添加。"

# ---- library ----

NO_SAMPLE = "没有编号为 {sample_id} 的样例，现有：{names}。"
NO_YEAR = "“{name}”里没有 {year} 年度的预算。"

# ---- packs ----

NO_PACK = "“{folder}”不是报表包：里面没有 pack.toml。请指到类似 forms/陕西/2023 这样的文件夹。"
CASE_MISSING_LOUD = "规则 {id}（{title}）缺少应当报出的样例。"
CASE_MISSING_SILENT = "规则 {id}（{title}）缺少不应报出的样例。"
PACK_COUNTED = (
    "{title}：{pages} 页，{tables} 张表，{checks} 条规则（其中 {rules} 条由程序判断），{sections} 段说明，"
    "{cases} 个样例。"
)
CASES_PASS = "全部样例都符合预期。"
CASE_SILENT = "{where}：规则 {check} 应当报出问题，却没有报出。"
CASE_DIFFERS = "{where}：规则 {check} 报出的差额与样例写的不同。"

# ---- changes, as the history tells them ----

INDICATOR_ADDED = "添加指标“{name}”"
SCORED = "按完成情况评分"
CHANGED = "修改{label}"
CELL_CHANGED = "{title}改为“{text}”"
CELL_CLEARED = "清除{title}"
SUBJECTS_TAKEN = "导入{source}"
SUBJECTS_GIVEN_UP = "改回程序自带的科目表"
PASSAGE_REWRITTEN = "改写说明段落"
PASSAGE_TAKEN_BACK = "恢复说明段落"
PASSAGE_SEEN = "确认说明段落"

# ---- what stands where ----

COUNT_ERRORS = "{count} 处错误"
COUNT_MISSING = "缺 {count} 项"
COUNT_WARNINGS = "{count} 处提醒"
SECTION_DONE = "已完成"
SECTION_OPEN = "未填写"
SECTION_REVIEW = "随时可看"
SECTION_PREVIEW = "随时可看"
SECTION_EXPORT = "可以生成"
FIELD_OF_PAGE = "{page}：{field}"
QUESTION_OF_ACCOUNT = "{question}，{code} {name}"
DOCUMENT_CHOICE = "{kind}（{pack}，{title}）"
NO_CHOICE = "无"

# ---- documents and samples ----

KINDS = {"budget": "部门预算公开", "selfeval": "绩效自评"}
SAMPLE_TITLE = "{unit} {year}年{kind}"
SAMPLE_NOTES = ("", "原件：{text}", "账册：{text}", "原因：{text}")
NEW_BOOK = "新账册"

# ---- building ----

OPEN_FINDINGS = "{count} 处问题没有解决"
OPEN_BLANKS = "{count} 项必填内容没有填"
SIGNING = "正在签名……"
DRAFT_NAME = "草稿-{name}"
SIGNED_NAME = "{stem}（已签名）.pdf"
NO_UNIT_NAME = "预算单位"
SIGNED_FOR = "部门预算公开"
SIGNED_DRAFT = "草稿，仅供核对"

# ---- in the terminal ----

STATE_HEAD = "{unit} {year}年  （报表包 {pack}）"
STATE_SECTION = "  {page}：{state}"
STATE_FINDING = "  {severity}  {sentence}（{page}，规则 {check}）"
STATE_MEND = "      可以这样改：{say}"
STATE_EXPLAINED = "      已说明：{text}"
PACK_LINE = "{id}  {title}  （{covers}）"
PACK_YEARS = "{first}—{last}年"
PACK_NOTE = "    注：{note}"
PACK_PROBLEM = "    有问题：{problem}"
PACK_PROBLEMS = "报表包 {id} 有 {count} 处问题："
CASE_AT = "{file} 第 {line} 行“{title}”"
CASE_LOUD = "{where}：规则 {check} 不应报出问题，却报出：{sentence}"
