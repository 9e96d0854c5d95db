"""What is said about a form pack that cannot be used: what is wrong, and how it is written. The place is added by the caller."""

from __future__ import annotations

# ---- cases ----

CASE_NO_CHECK = "没有规则“{check}”。{hint}"
CASE_NO_BASE = "没有底稿 {file}。{hint}"
CASE_NO_FAIL = "缺少 [case.fail]：怎样改底稿，规则就应当报出来。"
EDIT_ONE_VERB = "[[edit]] 要写 set、delete 或 add 之一。"
EDIT_SET_TO = "set 要和 to 一起写：set 是改哪里，to 是改成什么。"
EDIT_NO_FIELD = "{what}没有叫“{field}”的字段。{hint}"
EDIT_NO_VALUE = "底稿里没有“{space}.{rest}”。"
EDIT_NO_LIST = "没有叫“{space}”的清单，只有 {lists}。{hint}"
EDIT_ADD_RECORD = 'add 要和 record 一起写，例如 record = { kind = "人员", amount = "1万元" }。'
EDIT_ID_TAKEN = "{what}已有 id 为 {id} 的记录。"
EDIT_UNKNOWN_LIST = "没有叫“{space}”的清单。{hint}"
EDIT_NO_RECORD = "底稿的{what}里没有 id 为“{number}”的记录。"

# ---- codes ----

NO_CODES_OF_YEAR = "没有 {year} 年的科目表，现有：{years}。"
FILE_MISSING = "缺少这个文件。"
CODES_HEADER = "第一行的列名应是 {columns}。"
CODES_CELLS = "应有 {count} 列，这一行有 {count_2} 列。"
CODES_QUOTES = "引号没有成对，这一行读不出来。"
CODES_CERTAINTY = "certainty 不能是“{text}”，只有 {known}。{hint}"
CODE_LENGTH = "编码“{code}”不对，应是 {lengths} 位数字。"
CODE_TWICE = "编码“{code}”重复，第 {lines} 行已经有了。"
CODE_UNNAMED = "编码“{code}”没有名称。"
CODE_ORPHAN = "{level}“{code}”上面的{level_names}“{above}”不在表里。"
MAPPING_TWICE = "部门经济科目“{dept}”重复。"
MAPPING_NO_DEPT = "部门经济科目“{dept}”不在 economic_dept.csv 里。"
MAPPING_NO_GOV = "{column} 列的政府经济科目“{row}”不在 economic_gov.csv 里。"
MAPPING_MISSING = "部门经济科目“{code}”没有写对应的政府经济科目。"
SUCCESSOR_TWICE = "编码“{row}”重复。"
SUCCESSOR_BLANK = "code 和 successors 都要写编码，几个后继编码之间用空格隔开。"

# ---- cycles ----

FORMULA_CYCLE = "公式互相引用成了圈：{path}。"

# ---- fields ----

NO_FIELD = "{what}没有叫“{name}”的字段。{hint}"
UNDER_NO_CODE = "under 只用于科目编码，“{field}”不是科目编码。"
PREFIX_NO_CODE = "“{prefix}”不是{label}编码（应是 {lengths} 位数字）。"
PREFIX_UNKNOWN = "{year} 年的{label}里没有“{prefix}”。"
FIELD_NO_FLAG = '“{field}”不是是否项，要写成 {field} == "…"。'
ONLY_PROJECT_IS_THIS = "只有 project 可以和 this 比较，“{field}”不行。"
NO_THIS_PROJECT = "这里没有“当前项目”，不能写 project == this。"
FIELD_IS_FLAG = "“{field}”是是否项，直接写 {field} 或 not {field}。"
FIELD_IS_NUMBER = "“{field}”是数，选行条件里只能比较文字和是否项。"
PROJECT_COMPARES = 'project 只能和 this 或空文字 ""（不属于任何项目）比较。'
FIELD_VALUE = "{field} 没有“{value}”这个值，只有 {shape}。{hint}"

# ---- folder ----

PACK_ID_SHAPE = "报表包的编号应写成“地区/年份”，例如 shaanxi/2023。"
PACK_NOT_THERE = "找不到这个文件，没有这个报表包。"
PACK_OUTSIDE = "报表包的文件夹指向了报表目录以外，不予使用。"
FILE_UNREADABLE = "文件打不开：{strerror}。"
FILE_TOO_LARGE = "文件超过 2 MB，不予读取。"
FILE_NOT_UTF8 = "文件不是 UTF-8 编码，请另存为 UTF-8。"
LINK_OUTSIDE = "这个链接指向报表目录以外，不予读取。"
TOO_MANY_FILES = "报表包里的文件超过 {max_files} 个，不予读取。"

# ---- guarantees ----

NO_GUARANTEE = "没有可以去掉的保证“{name}”。"
NO_ROWLIST_NAMED = "没有行次清单“{rows}”。"

# ---- indicators ----

INDICATOR_TWICE = "指标“{name}”写了不止一次。"
NO_LEVEL1 = "没有“{level1}”这个一级指标。{hint}"
NO_LEVEL2 = "{level1}下没有“{level2}”。{hint}"

# ---- ledger_toml ----

NO_YEAR_SECTION = "缺少 [year] 一节（year、pack）。"
NO_UNIT_SECTION = "缺少 [unit] 一节（name、code、kind、region）。"
YEAR_RANGE = "year 是预算年度，应在 2015 到 2040 之间。"
RECORD_ID_TWICE = "{what}的 id {id} 重复。"
LINE_NO_KIND = "[[line]] 缺少 kind（{value}）。"
NO_PROJECT = "没有项目“{wanted}”（写项目的 id 或名称）。{hint}"
AMOUNT_WITH_UNIT = '金额要写成带单位的文字，例如 "12.5万元" 或 "300元"。'
AMOUNT_NO_UNIT = '“{value}”没有写单位，请写成 "{value}元" 或 "{value}万元"。'
POINTS_WITH_UNIT = '得分要写成带“分”字的文字，最多两位小数，例如 "7.5分"。'
CELL_QUOTED = "表格的每一格都要写成加引号的文字。"
FACT_SHAPE = '填报事项只能是整数、文字、true、false、金额（"12.5万元"）或一行行的文字。'

# ---- loader ----

PART_FILE_MISSING = "找不到{what}“{name}”的文件 {path}。{hint}"
NO_CODES_KEY = "[pack] 缺少 codes（用哪一年的科目表）。"
NO_CODES_FOLDER = "没有 {codes} 年的科目表（文件夹 codes/{codes}）。"
NO_TABLES = "[pack] 的 tables 里没有可用的表。"
COLUMNLIST_EMPTY = "列清单里没有列，请写 [[column]]。"
NO_TABLE_TO_CHANGE = "本报表包没有表“{name}”。{hint}"
TABLE_IS_OWN = "表“{name}”就在本包里，直接改 tables/{name}.toml。"
NO_PAGE_NAMED = "pages.toml 里没有向导页“{name}”。{hint}"
ADDRESS_TWICE = "地址“{address}”重复，向导页“{seen}”已经填过。"
NO_CHECK_TO_DROP = "没有可以去掉的规则“{name}”。{hint}"
NO_CHECK_TO_KEEP = "没有可以保留的规则“{name}”。{hint}"
PART_TWICE = "{what}“{section_id}”在这个文件里写了两次。"
NO_PART_TO_ADD = "没有可以添加的{what}“{section_id}”。{hint}"
ROWLIST_CODE_UNKNOWN = "行次清单 {name} 里的科目“{code}”不在 {year} 年的科目表里。"
FILE_UNUSED = "pack.toml 没有用到这个文件。"

# ---- manifest ----

PACK_CYCLE = "报表包互相继承成了圈：{value}。"
NO_PARENT_PACK = "要继承的报表包“{pack_id}”找不到。"
NO_PACK_SECTION = "缺少 [pack] 一节。"
PACK_ID_FOLDER = "id 是“{text}”，与所在文件夹“{pack_id}”不一致。"
ROUNDING_CHOICES = "rounding 只能是 {roundings}（各自四舍五入，或舍位平衡）。"
NAME_SHAPE = "{what}的编号“{name}”不对，只能用小写英文字母、数字和下划线，并以字母开头。"
NAME_TWICE = "{what}“{name}”在 {key} 里写了两次。"
NO_YEARS = "[pack] 缺少 years。"
YEARS_SHAPE = "years 要写起止两个年份，例如 [2022, 2023]。"
YEARS_RANGE = "years 不合理：应在 {first_year} 至 {last_year} 之间，先小后大，跨度不超过 {most_years} 年。"
NUMBERING_LEVELS = "numbering 要写一到四级标题的编号样式。"
ROWLIST_SHAPE = "行次清单 {name} 应写成 [rowlists.{name}] 一节，里面写 rows。"
ROWLIST_TWICE = "行次清单 {name} 里“{code}”写了两次。"
FILE_KIND_UNKNOWN = "[files] 里没有叫 {key} 的文件，只有 {suffixes}。"
FILE_SUFFIX = "{key} 的文件名要以 {suffixes} 结尾。"
FILE_NAME_CHARS = '文件名里不能有 / \\ : * ? " < > | 和换行。'
SLOT_UNKNOWN = "不能用 {{{name}}}，这里只能用 {slot}。"
BRACES = "花括号没有成对；要印出花括号请写两个。"
NUMBERING_SLOT = "编号样式“{style}”里要有且只有一个 {{cn}}（一二三）或 {{n}}（123）。"

# ---- names ----

NO_TABLE = "本报表包没有表“{table}”。{hint}"
REF_NO_TABLE = "“{written}”没有写明是哪张表，应写成 表[行].列。"
TABLE_NO_COLUMN = "{named}没有列“{column}”。{hint}"
COLUMN_OTHER_SIDE = "列“{column}”在{named}的另一栏里，这一行没有这一列。"
REF_WHICH_COLUMN = "“{written}”要写明是哪一列，{named}这里的金额列有 {listed}。"
REF_NO_AMOUNTS = "{named}这里没有金额列，不能引用“{written}”。"
REF_NO_ROW_FOR_COLUMN = "“{written}”没有写明是哪一行，例如 [total].{column}。"
TABLE_NO_TOTAL = '{named}没有合计行（total = "none"）。'
TABLE_NO_LEVEL = "{named}不列“{written}”这一级。"
REF_NO_CODE = "这里没有当前行的科目编码，不能用 {code}。"
ROWS_VARY = "{named}的行随填报内容变化，只能引用 total、all 或 leaf，没有行“{row}”。"
ROW_NEVER = "{named}不会有行“{row}”：{year} 年的{label}里没有“{part}”。{hint}"
ROWS_FIXED = "{named}的行是固定的，不能引用“{written}”这样一组行。"
REF_NO_ROW = "“{written}”没有写明是哪一行，例如 {id}[行].{column}。"
NO_ROW = "{named}没有行“{row}”。{hint}"

# ---- parts ----

NO_SCORE_ITEMS = "没有评分项，请在 scores.toml 里写 [[item]]。"
NO_KIND = "没有“{value}”这种支出性质，只有{value_2}。"
PAGE_NO_LIST = "{kind} 页没有清单，不写 columns。"
FIELD_NO_KIND = "[[page.field]] 缺少 kind。"
TABLE_CELL_KIND = "列“{name}”的类型不能是“{cell_kind}”。"
COLUMN_TWICE = "列“{name}”写了两次。"
CHOICE_NO_CHOICES = 'kind = "choice" 的事项要写 choices。'
TABLE_FIELD_NO_COLUMNS = 'kind = "table" 的事项要写 columns。'
DEFAULT_NO_CHOICE = "默认值“{default}”不在 choices 里。"
ONLY_MONEY = "上年数和批复数只能是金额（money）。"
NOW_ONLY_PRIORS = '只有上年数（space = "priors"）和说上年的金额才写 now。'
NOW_ONE_SUM = "地址以 .* 结尾的，now 要写成一个 lines(…) 合计，程序按科目分开。"
UNIT_ADDRESS = "单位信息里没有“{address}”，只有 name、code、kind、region。"
CHECK_NO_SEVERITY = "[[check]] 缺少 severity（error、warning 或 hint）。"
CHECK_TEST_OR_RULE = "每条规则要写 test 或 rule，两者写一个。"
PARAMS_WITHOUT_RULE = "只有用 rule 的规则才写 params。"
SAY_SLOT = "句子里不能用 {{{name}}}，只能用 {slot}。"
TOLERANCE_NEGATIVE = "tolerance 不能是负数。"
NO_SECTION = "缺少 [section] 一节。"
SECTION_ID_FILE = "id 是“{text}”，与文件名“{wanted}”不一致。"
LEVEL_RANGE = "level 是标题的级别，只能是 0 到 4。"
PARAGRAPH_TEXT_OR_TABLE = "[[paragraph]] 要写 text 或 table，两者写一个。"

# ---- scores ----

SCORE_TWICE = "评分项“{name}”在这个文件里写了两次。"
SCORE_NAME_SHAPE = "评分项的编号“{name}”不对，只能用小写英文字母、数字和下划线，并以字母开头。"
NO_SCORE_ITEM = "没有评分项“{name}”。{hint}"
SCORE_SUM = "评分项的分值合计 {written} 分，应为 {full} 分。"
SCORE_POINTS = "points 是这一项的满分，要大于 0。"
SCORE_NO_MEASURE = "score 里用了 {measure}，却没有写 measure。"
SCORE_WHY_HELP = "写清为什么扣分、怎样改进，印在评分表最后一栏。"

# ---- section ----

KEY_TYPE = "{key} 应该是{type_names}。"
KEY_MISSING = "{name}缺少 {key}。"
KEY_EMPTY = "{key} 不能是空的。"
KEY_CHOICES = "{key} 不能是“{value}”，只能是 {shown}。{hint}"
KEY_TEXTS_ONLY = "{key} 里只能有文字（加引号）。"
KEY_INTEGERS_ONLY = "{key} 里只能有整数。"
KEY_ROW_SHAPE = "{key} 的每一行应该是 {width} 段加引号的文字，例如 [{value}]。"
NAMED_TEXT = "{name} 应该是文字（加引号）。"
KEY_SECTIONS = "{key} 应该写成若干个 [[{key}]]。"
KEY_UNKNOWN = "{name}里没有叫 {key} 的键。{hint}"

# ---- source ----

TOML_KEY_TWICE = "同一个键写了两次。"
TOML_SECTION_TWICE = "同一节写了两次，或与前面的写法冲突。"
TOML_INLINE_CLOSED = "这一节前面已经写成一行的形式，不能再补充。"
TOML_NO_EQUALS = "键名后面缺少等号“=”。"
TOML_BRACKETS = "方括号没有成对。"
TOML_CURLY = "花括号没有成对。"
TOML_CHARACTER = "有不能使用的字符（文字里换行请用三个引号，键名请用英文字母）。"
TOML_BACKSLASH = "反斜杠要写两个“\\\\”，或改用单引号。"
TOML_TWO_ON_LINE = "一行里多写了内容，请分成两行。"
TOML_VALUE = "等号后面的内容不对，文字要放在引号里。"
TOML_KEY = "键名不对，键名只用英文字母、数字和下划线。"
TOML_SYNTAX = "写法不符合 TOML 格式。"
TOML_TOO_DEEP = "方括号或花括号套得太深。"

# ---- tables ----

NO_TABLE_SECTION = "缺少 [table] 一节。"
TABLE_ID_FILE = "id 是“{table_id}”，与文件名“{wanted}”不一致。"
ROWS_NO_LEVELS = "[rows] 缺少 levels（1 类、2 款、3 项）。"
ROWS_NO_BY = "[rows] 缺少 by。"
ROWS_ADDRESS = 'by = "fact" 时要写 address，其他情况不写。'
NO_COLUMNLIST = "没有叫“{name}”的列清单（文件 columns/{name}.toml）。{hint}"
COLUMNLIST_NESTED = "列清单里不能再用 columns_from。"
COLUMN_NO_TITLES = "缺少 titles（从最外层到本列的标题）。"
VALUE_OR_WHERE = "value 和 where 只能写一个：要么算出来，要么从明细里取。"
COLUMN_LEVEL = "level 只能是 1（类）、2（款）、3（项）。"
COLUMN_WIDTH = "width 是毫米数，应在 0 到 400 之间。"
NAME_TWICE_IN_TABLE = "{what}“{name}”在这张表里写了两次，编号在整张表里不能重复。"
NO_ROWLIST = "没有叫“{name}”的行次清单。{hint}"
ROWS_FROM_CODE = "用了 rows_from 的行，id 里要有 {code}，否则各行编号相同。"
ROW_NAME_SHAPE = "行的编号“{row_id}”不对，只能用小写英文字母、数字和下划线，并以字母开头。"
BLOCK_ROW_NO_LABEL = "[[block.row]] 缺少 label（可以是空的）。"
BLOCK_NO_COLUMN = "这一栏里没有列“{key}”。{hint}"
ROWS_OR_BLOCKS = "[rows] 和 [[block]] 只能用一种：随数据伸缩的表用 [rows]，固定行次的表用 [[block]]。"
TABLE_NO_COLUMNS = "这张表没有列，请写 [[column]]。"
TABLE_NO_ROWS = "这张表没有行，请写 [rows] 或 [[block]]。"
BLOCK_COLUMNS = "用 [[block]] 的表，列要写成 [[block.column]]。"

# ---- verify ----

NO_SUM_FIELD = "{what}没有可以相加的字段“{field}”。{hint}"
NO_THIS_RECORD = "这里没有当前的记录，不能用 this.{field}。"
NO_NUMBER_FIELD = "{what}没有数字字段“{field}”，只有 {known}。{hint}"
ADDRESS_SLOT = "地址“{address}”里的 {{{unknown}}} 用不了；{{code}} 只能用在有科目编码的行里。"
ADDRESS_NOWHERE = "没有哪一页填{what}“{address}”。{near_address}"
CLAIM_NO_TABLE = "本报表包没有表“{text}”。{hint}"
CLAIM_NO_PAGE = "没有向导页“{text}”。{hint}"
CLAIM_NO_RULE = "程序里没有叫“{text}”的核查规则。{hint}"
CLAIM_NO_TABLE_FACT = "没有哪一页用表格填“{text}”。{hint}"
CLAIM_NO_FACT = "没有哪一页填“{address}”。{near_address}"
OVER_LEVEL = "冒号后面不能写“{level}”，只能写 {over_levels}。"
OVER_UNKNOWN = "没有叫“{text}”的表或清单。{hint}"
GONE_BY_CODE = "表“{table}”不按科目分行，不能用 gone。"
GONE_LEVEL = "gone 要写 level，只看一级科目。"
CLAIM_TARGET = "“{text}”既不是填报地址，也不是单元格（表[行].列）。"
PARTS_SELF = "parts 里不能有这一列自己（“{name}”）。"
PARTS_UNKNOWN = "parts 里的列“{name}”不在这张表里。{hint}"
FIXED_NO_FIELD = "固定行次的表不用 field，文字写在行的 texts 里。"
ROWS_NO_FIELD = "按 {by} 分行的表没有可印的字段“{name}”。{hint}"
NO_THIS_PROJECT_SLOT = "这里没有当前项目，不能用 {match}。"
PROJECT_NO_FIELD = "项目没有叫“{match}”的字段。{hint}"
SLOT_FACT_ONLY = '{{{name}}} 只能用在 each = "fact:…" 的段落里。'
SLOT_FACT_WIDTH = "“{address}”只有 {width} 列，没有第 {name} 列。"
SLOT_EACH_ONLY = "{{{name}}} 只能用在有 each 的段落里。"
SLOT_PROJECT_ONLY = '{{{name}}} 是项目的{project_words}，只能用在 each = "projects" 的段落里。'

# ---- the practice department ----

MISTAKE_TWICE = "错误“{id}”写了两次。"
MISTAKE_NO_FINDS = "缺少 finds：凭哪些核查结果认出这处错误。"
MISTAKE_NO_SPOT = "没有“{spot}”这个地方，应写成 lines.7.amount 这样。"

# ---- where a fault stands, and what the parts of a pack are called ----

AT_LINE = "{file} 第 {line} 行：{message}"
IN_FILE = "{file}：{message}"
TOML_NEAR = "{reason}（第 {column} 个字附近）"
TOML_AT_END = "{reason}（文件末尾）"
FILE = "文件"
ROWLIST = "行次清单 {name} "
PARTS = {"table": "表", "page": "向导页", "section": "说明段落", "rule": "规则", "score": "评分项", "column": "列",
         "block": "栏", "row": "行"}
TABLE_NAMED = "表“{id}”"
LISTED_MORE = "{listed}等"
NONE_THERE = "无"
OR = " 或 "
EACH_ROW = "各行"
TYPES = {"str": "文字（加引号）", "bool": "true 或 false", "int": "整数", "float": "数", "list": "清单", "dict": "一节"}
SAMPLE_TEXT = "“…”"
LEVELS_WRONG = "levels 不对：按 {by} 分行时只能从小到大取 {allowed}。"
LEVELS_NOT_HERE = "levels 不对：按 {by} 分行时没有级次，请删去 levels。"
SCORE_FIELD = "{name}得分（满分{points}分）"
SCORE_LOST = "{name}扣分原因"
PROJECT_WORDS = {"purpose": "用途", "result": "全年实际完成情况"}
