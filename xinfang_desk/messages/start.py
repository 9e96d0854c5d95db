"""Words of getting started: finding one's county, a new book, the practice department, recent books."""

from __future__ import annotations

# ---- which form for a county and a year ----

FORM_FITS = "按{region}的“{title}”编，{year}年正适用。"
FORM_NEAREST = "{region}的部门用“{title}”。"
FORM_SEVERAL = "{region}{year}年有 {count} 套表样，先选了“{title}”。各县用的不同，请与县财政局的表样比对，可以在下面换。"
FORM_NATIONAL_UNKNOWN = "程序里还没有本省自己的表样，先用“{title}”，编报前请与县财政局的表样比对。"
FORM_NATIONAL = "程序里还没有{province}自己的表样，先用“{title}”，编报前请与县财政局的表样比对。"
FORM_LATER = "表样最新是{last}年的，{year}年先照它编，表样和科目以县财政局当年发的为准。"
FORM_EARLIER = "表样最早是{first}年的，{year}年先照它编，表样和科目以县财政局当年发的为准。"
FORM_CHOSEN = "您选了“{title}”。"
FORM_NONE = "程序自带的报表格式都读不出来，程序没有装完整，请重新安装。"
COUNTY_FOOT = "上下键挑选，回车确定；同名的看括号里的省、市"
COUNTY_SHOWN = "{name}（{above}）"
REGIONS_UNREADABLE = "行政区划名录读不出来（{reason}），不能按县名查找；请直接选省份和报表格式。"

# ---- the dialog of a new book ----

NEW_ABOUT = "填县名和单位名称就可以开始，其余由程序选好，以后还能改。"
NEW_COUNTY = "县（市、区）(&C)"
NEW_COUNTY_HINT = "县名、拼音或首字母，例如 紫阳、ziyang 或 zyx"
NEW_COUNTY_HELP = "从列表里选一个，上下键移动，回车确定。名录里没有的，可以空着，在“更多”里选省份。"
NEW_COUNTY_UNKNOWN = "名录里没有“{text}”。请核对县名，或空着，在“更多”里选省份。"
NEW_UNIT = "单位名称(&N)"
NEW_UNIT_HINT = "全称，与批复文件一致，例如 紫阳县信访局"
NEW_YEAR = "预算年度(&Y)"
NEW_CHOSEN = "程序的选择"
NEW_NO_COUNTY = "填了县名，这里会写明用哪套报表、为什么。"
NEW_SAVED_AS = "保存为 {path}"
NEW_MORE = "更多：报表格式、单位性质、保存位置(&M)"
NEW_PROVINCE = "所在省份(&P)"
NEW_PROVINCE_NONE = "（没有选）"
NEW_PACK = "报表格式(&F)"
NEW_KIND = "单位性质(&K)"
NEW_FILE = "保存位置(&S)"
NEW_CHOOSE_FILE = "选择保存位置"
NEW_MAKE = "新建账册"
NEW_NAME_ONLY_COUNTY = "单位名称现在只有县名，请写全，例如“{county}信访局”，它印在每张表上。"
NEW_FOLDER_UNUSABLE = "文件夹“{folder}”不能用（{reason}）。请换一个保存位置。"

# ---- recent books ----

CARD_TITLE = "{unit} {year}年"
CARD_WAITING = "正在查看……"
CARD_SLOW = "这个位置一直没有回应，可能是网络盘断开或 U 盘没有插好。接好后按 F5 再看一次。"
CARD_GONE = "文件不在原来的位置了，可能被移走或改了名。按回车另找，按 Delete 从列表里去掉。"
CARD_FOLDER_GONE = "文件夹“{folder}”现在打不开，可能是 U 盘没有插好或网络盘断开。按回车另找，按 Delete 从列表里去掉。"
CARD_UNREADABLE = "现在读不了：{reason}"
CARD_READY = "可以公开"
CARD_BUILT = "已生成第 {number} 稿"
CARD_SIGNED = "已生成第 {number} 稿，已签名"
CARD_UNKNOWN = "还没有核查过"
CARD_STALE = "（上次没有正常关闭，打开后重新核查）"
CARD_CHANGED_SINCE = "，第 {number} 稿生成以后又有改动"
CARD_DAY = "{month}月{day}日"
CARD_DAYS_LEFT = "离公开期限还有 {days} 天（{day}）"
CARD_LAST_DAY = "今天是公开期限的最后一天"
CARD_OVER = "已超过公开期限 {days} 天（应在{day}前公开）"
CARD_LONG_OVER = "公开期限已过（{year}年{day}）"

# ---- the start page ----

WAY_NEW = "填县名和单位名称，程序选好本省的报表，马上可以开始填。"
RECENT_KEYS = "上下键挑选，回车打开；Delete 从列表里去掉（文件不动）；Shift+Delete 删除账册；F5 重新查看；Tab 换到下一处。"
FIRST_KEYS = "Tab 键换到下一处，回车确定。"
SAMPLES_KEYS = "上下键挑选，回车后选择保存位置"
FORGOTTEN = "已把“{name}”从列表里去掉，账册文件没有动。"
GONE_TITLE = "找回账册"
GONE_ASK = "“{path}”现在打不开，可能被移走、改了名，或者 U 盘、网络盘没有接好。\n\n要另找这本账册，还是把它从列表里去掉？账册文件都不会动。"
GONE_FIND = "另找这本账册……"
GONE_FORGET = "从列表里去掉"

# ---- deleting a book, and books that were deleted ----

BIN_FOLDER = "删掉的账册"

CARD_OPEN = "打开(&O)"
CARD_OPEN_KEYS = "回车"
CARD_FIND = "另找这本账册(&O)……"
CARD_FORGET = "从列表里去掉(&R)"
CARD_DISCARD = "删除账册(&D)……"
DISCARD_TITLE = "删除账册"
DISCARD_ASK = ("要删除“{name}”（{title}）吗？\n\n账册和它的备份先移到同一处的文件夹“{bin}”里，没有真的删掉。要找回来，"
               "在开始页上按“删掉的账册”，选中它，按“恢复”。")
DISCARD_YES = "删除"
DISCARD_DOING = "正在把“{name}”移到“{bin}”……"
DISCARDED = "已删除“{name}”。要找回来，按“删掉的账册”。"
BIN_OPEN = "删掉的账册(&D)……"
BIN_OPEN_HINT = "列出删掉的账册，可以恢复，也可以彻底删除。"
BIN_TITLE = "删掉的账册"
BIN_ABOUT = "删掉的账册连同备份放在原处的文件夹“{bin}”里。选中一本按“恢复”，就回到原处，也回到最近的账册里。"
BIN_COLUMNS = ("账册文件", "单位和年度", "删除时间", "原处")
BIN_LOADING = "正在查看……"
BIN_EMPTY = "没有删掉的账册。"
BIN_AWAY = "“{folder}”现在打不开，从那里删掉的账册没有列出来。请插好 U 盘或接好网络盘，再打开这个窗口。"
BIN_NO_TIME = "不知道"
BIN_RESTORE = "恢复"
BIN_RESTORE_HINT = "把选中的账册连同备份放回原来的文件夹"
BIN_REMOVE = "彻底删除……"
BIN_REMOVE_HINT = "把选中的账册连同备份真的删掉，以后找不回来"
BIN_REMOVE_TITLE = "彻底删除"
BIN_REMOVE_ASK = ("要彻底删除“{name}”（{title}）吗？\n\n账册文件、它的全部备份和历史都会从磁盘上删掉，以后找不回来。"
                  "已经生成的公开表、说明和 PDF 不受影响。")
BIN_REMOVE_YES = "彻底删除"
BIN_REMOVED = "已彻底删除“{name}”。"
BIN_BACK = "“{name}”已恢复到“{folder}”，在最近的账册里。"
