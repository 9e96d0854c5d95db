"""Words of getting started: finding one's county, a new book, the practice department, recent books."""

from __future__ import annotations

# ---- which form for a county and a year ----

FORM_FITS = "按{region}的“{title}”编，{year}年正适用。"
FORM_NEAREST = "{region}的部门用“{title}”。"
FORM_SEVERAL = "{region}{year}年有 {count} 套表样，先选了“{title}”。各县用的不同，请与县财政局的表样比对，可以在下面换。"
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
NEW_COUNTY_HINT = "县名或拼音首字母，例如 紫阳 或 zyx"
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
