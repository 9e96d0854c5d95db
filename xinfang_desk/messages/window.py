"""The window's own words: menus, pages, dialogs. Names in braces are filled in by the caller."""

from __future__ import annotations

# ---- general ----

PROGRAM = "预算公开编制台"
TITLE = "{unit} {year}年{document} - {program}{mode}"
CANCEL = "取消"
CLOSE = "关闭"
CHOOSE = "选择……"
UNDERSTOOD = "知道了"
UNDERSTOOD_HINT = "看过以后收起这条消息。"
BLANK = "空白"
SURPRISE = "程序遇到没有料到的问题（{kind}：{words}），已记在日志里。已经保存的内容不受影响，可以继续工作。"

# ---- start page and books ----

START = "开始"
START_ABOUT = "每笔收支只填一次，公开表、公开说明和核查随填随出，全部在本机完成，不用联网。"
START_NEW = "新建账册(&N)"
START_OPEN = "打开账册(&O)……"
START_OPEN_HINT = "选一本已有的账册，接着填。"
RECENT = "最近的账册"
SAMPLES = "样例账册"
SAMPLE_LINE = "样例 {id}，回车后选择保存位置"
SAMPLE_TITLE = "样例账册保存到"
SAMPLE_FILE = "样例{id}.xfb"
OPEN_TITLE = "打开账册"
BOOK_FILTER = "预算公开账册 (*.xfb)"
READ_ONLY = "这本账册以只读方式打开，可以查看和生成草稿，不能修改。"
READ_ONLY_MARK = "（只读）"
NEW_TITLE = "新建账册"
NEW_FILE = "保存位置"
NEW_NAME_MISSING = "请填写单位名称，它印在每张表上。"
PACK_LINE = "{region}  {title}"

# ---- menus ----

MENU_BAR = "菜单"
MENU_BOOK = "账册(&B)"
MENU_EDIT = "编辑(&E)"
MENU_GO = "转到(&G)"
MENU_VIEW = "查看(&V)"
MENU_HELP = "帮助(&H)"
DO_NEW = "新建账册……"
DO_OPEN = "打开账册……"
DO_CLOSE = "关闭账册"
DO_SAVE = "保存"
DO_DOCUMENT = "文件种类"
DO_SUBJECTS = "导入财政局科目表……"
DO_FORGET_SUBJECTS = "改回程序自带的科目表"
DO_QUIT = "退出"
DO_UNDO = "撤销"
DO_REDO = "重做"
DO_UNIT = "金额单位：元与万元互换"
DO_NEXT_PAGE = "下一页"
DO_PREVIOUS_PAGE = "上一页"
DO_NEXT_TAB = "本页的下一个标签"
DO_NEXT_FINDING = "下一个问题"
DO_PREVIOUS_FINDING = "上一个问题"
DO_NEXT_PANE = "下一个区域"
DO_PREVIOUS_PANE = "上一个区域"
DO_TOGGLE_SECTIONS = "显示或收起目录"
DO_TOGGLE_SHEET = "显示或收起下方报表"
DO_TOGGLE_FINDINGS = "显示或收起核查结果"
DO_HELP = "本项说明"
DO_KEYS = "按键一览"

# ---- status ----

STATUS = "状态"
SAVED_STATE = "保存情况"
SAVED = "已保存"
SAVING = "正在保存……"
ALL_SAVED = "填写的内容随时自动保存，现在已全部存好。"
NOT_SAVED = "还有内容没有存到磁盘上，请看上方的提示。"
UNDONE = "已撤销：{label}"
REDONE = "已重做：{label}"
NOTHING_TO_UNDO = "没有可以撤销的修改。"
NOTHING_TO_REDO = "没有可以重做的修改。"
UNIT_BUTTON = "金额单位：{unit}（Ctrl+U）"
UNIT_BUTTON_HINT = "填写和显示的金额在元和万元之间换，存的数不变。"

# ---- workbench ----

WORKBENCH = "工作区"
PAGE_AND_SHEET = "页面和报表"
SECTIONS = "目录"
SECTION = "第{number}页 {title}：{words}"
STATE_SIGNS = {"done": "✓", "missing": "●", "error": "×", "warning": "!", "open": "○", "look": "›"}
TABS = "标签"
TAB_HINT = "按 Ctrl+PageDown 换标签"
OTHER_FIELDS = "其他填报事项"
HELP_STRIP = "说明　{help}"
HELP_STRIP_IDLE = "说明　把光标放到要填的地方，这里会说明怎么填、依据是什么。"
REQUIRED_MISSING = "（必填）"
DATE_PLACEHOLDER = "例如 2023-03-13"

# ---- table below the page ----

SHEET_PANEL = "报表"
SHEET_AFFECTED = "报表"
SHEET_CHOICE = "选择报表"
NO_SHEET = "没有报表"

# ---- entry tables ----

LINES_OF = "“{project}”的支出明细"
LINES_WITHOUT_PROJECT = "没有归到项目的项目支出明细"
UNNAMED_PROJECT = "项目{number}"
ROW_NUMBERS = "行号"
TABLE_CORNER = "表角"
COLUMN_TITLES = "栏目"
ADD_ROW = "添加行"
DELETE_ROW = "删除行"
ROW_ADDED = "添加一行{name}"
ROWS_DELETED = "删除{count}行{name}"
CLEARED = "清除"
TOTAL_ROWS = "合计（{count} 行）"
TOTALS = "合计，{count} 行：{sums}"

PLACED = "✓ 已与批复数一致"
STILL_TO_PLACE = "还差 {amount} {unit}没有编"
PLACED_TOO_MUCH = "比批复数多编 {amount} {unit}"

PRIOR_CODE = "科目"
PRIOR_CODE_HELP = "在最后一行填科目编码，可以添加上年有而今年没有的科目。"
PRIOR_LABEL = "项目"
PRIOR_AMOUNT_HELP = "填上年公开的数；上年没有就填 0。"
PRIOR_REASON = "增减原因"
PRIOR_REASON_HELP = "写一句完整的原因，不写增减的金额，金额由程序写。与上年持平可以不写。"
PRIOR_ACCOUNT = {"function": "{name}", "econ_dept": "{name}（部门经济）", "econ_gov": "{name}（政府经济）"}

# ---- picker ----

PICKER_LIST = "可以选的内容"
PICKER_HINT = "上下键挑选，回车确定，可以打编码、名称或拼音首字母"
UNSURE_MARK = "　【待核对】"

# ---- library of indicators ----

LIBRARY = "指标库……（F4）"
LIBRARY_NAME = "从指标库里选绩效指标"
LIBRARY_TITLE = "指标库"
LIBRARY_PROJECT = "用于"
LIBRARY_WHOLE = "部门整体"
LIBRARY_FILTER = "查找"
LIBRARY_FILTER_HINT = "输入指标名称、级别或依据里的字"
LIBRARY_COLUMNS = ("三级指标", "一级指标", "二级指标", "指标值", "依据")
LIBRARY_TAKE = "添加 {count} 个"
LIBRARY_TAKE_NONE = "添加"
LIBRARY_TAKEN = "从指标库添加{count}个指标"

# ---- pasting ----


# ---- the bureau's own accounts ----

SUBJECTS_TITLE = "财政局科目表"
SUBJECTS_FILTER = "工作簿 (*.xlsx *.xls *.xlsm *.ods)"
SUBJECTS_READING = "正在读取“{name}”……"
SUBJECTS_SUMMARY = "“{file}”：新增 {added} 个科目，改名 {renamed} 个，与现用科目一致 {same} 个，{refused} 行没有看懂、不会采用。"
SUBJECTS_CODE = "编码"
SUBJECTS_NAME = "名称"
SUBJECTS_NOTE = "备注"
SUBJECTS_ADDED = "{kind}：新增 {count} 个"
SUBJECTS_RENAMED = "{kind}：改名 {count} 个"
SUBJECTS_OLD_NAME = "现用名称：{name}"
SUBJECTS_REFUSED = "没有采用的行：{count} 行"
SUBJECTS_ROW = "{sheet} 第 {row} 行"
SUBJECTS_TAKE = "采用"
SUBJECTS_TAKEN = "已采用财政局科目表，可以撤销。"
SUBJECTS_SAME = "这份科目表已经采用过，没有新的内容。"
SUBJECTS_FORGOTTEN = "已改回程序自带的科目表，可以撤销。"
SUBJECTS_OWN = "现在用的就是程序自带的科目表。"

# ---- findings ----

FILTER = "显示"
FILTER_ALL = "全部"
FILTER_OPEN = "还要处理的"
FILTER_ERRORS = "错误"
FILTER_WARNINGS = "提醒"
FILTER_HINTS = "建议"
FILTER_ANSWERED = "已说明的"
COUNT_OF = "显示 {shown} 条，共 {all} 条"
ADJUSTED = "打印时为使各表合计相符，下列 {count} 笔明细调整了尾数（填写的数不变）："
ADJUSTED_LIST = "打印时调整了尾数的明细"
ADJUSTED_LINE = "{name}：填写 {entered} 元，打印 {printed} 元（{moved} 元）"
GO_THERE = "到这里去（回车）"

# ---- where a figure comes from ----

SOURCE_TITLE = "这个数从哪里来"
SOURCE_PARTS = "组成"
SOURCE_MORE = "另外还有 {count} 项没有列出。"

# ---- preview ----

SHEET_NAMES = "报表目录"
EMPTY_SHEET = "（空表）"
TAB_SHEETS = "报表"
TAB_TEXT = "公开说明"
TAB_PRINT = "打印版式"
NARRATIVE = "公开说明正文，蓝色的数和文字可以点开看来源"
REWRITE = "改写"
REWRITTEN = "已改写"
REWRITE_AGAIN = "数已变，请再看一遍"
REWRITE_TITLE = "改写说明段落"
REWRITE_HINT = "文字可以随意改。留着不动的数仍跟着表走，以后数变了会自动换上，并请您再看一遍；您新写的金额会与各张表核对。"
REWRITE_STALE = "这一段改写以后，其中的数已随表更新。请看文字是否还合适：合适就按“看过了”，不合适就改好再保存。"
REWRITE_SAVE = "保存"
REWRITE_SEEN = "看过了"
REWRITE_BACK = "恢复程序写的段落"

# ---- export ----

BUILD_BOX = "生成公开稿"
FOLDER = "保存到文件夹"
KEY_FILE = "签名证书文件"
KEY_FILE_HINT = "不签名就留空"
KEY_FILTER = "证书文件 (*.p12 *.pfx)"
PASSPHRASE = "证书口令"
PASSPHRASE_HINT = "只在签名时使用，不保存"
DRAFT = "只生成草稿"
DRAFT_HINT = "每页印“草稿”字样；还有问题没有改好，也可以生成来看样子。"
DRAFT_ANYWAY = "还有问题没有解决，可以先生成草稿看样子。"
BUILD = "生成"
BUILDING = "正在生成……"
BUILD_CANCEL = "停止"
PROGRESS = "生成进度"
OPEN_FOLDER = "打开文件夹"
BUILT = "公开稿第 {number} 稿已生成。"
BUILT_SAME = "已生成，与第 {number} 稿完全相同。"
BUILT_DRAFT = "草稿已生成。"
MADE_FILES = "生成的文件"
MADE_FILE = "{kind}：{name}（{size} KB{pages}）"
MADE_PAGES = "，{pages} 页"
MADE_KINDS = {"workbook": "公开表", "narrative": "公开说明", "narrative_pdf": "公开说明PDF",
              "document": "完整PDF", "signed": "已签名PDF"}
VERIFY_BOX = "核验签名"
VERIFY = "核验签名文件……"
VERIFY_HINT = "选一个 PDF，看是谁签的名、签名以后有没有改动。"
VERIFYING = "正在核验“{name}”……"
VERIFIED = "核验文件：{name}"
PDF_FILTER = "PDF 文件 (*.pdf)"
