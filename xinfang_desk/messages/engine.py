"""What the live engine says: where a figure comes from, and which figure is likely the culprit."""

from __future__ import annotations

# ---- build ----

FORMULA_LOOP = "{id}[{key}].{column} 的公式绕了一圈又回到自己，请改报表包里的公式。"

# ---- counterparts ----

INCOME_MISSING = "{name}有支出{money_text}，没有收入，正好等于差额，可能漏填了一条收入。"
INCOME_SHORT = "{name}的支出{money_text}比收入{money_text_2}多出的正好等于差额，收入可能填少了。"
FUNCTION_MISSING = "“{code_name}（{code}）”上年有{money_text}，本年一笔也没有填，正好等于差额，请看是不是漏填了。"

# ---- explain ----

RECORD_FIELD = "{name}是{space_labels}“{record_name}”填报的{field_label}{amount}。"
FACT_TABLE = "{name}取自填报事项的表格。"
CELL_BLANK = "{row_name}这一格不填数。"
NOTHING_CHOSEN = "{name}为空：{kind}中没有{chosen}的记录。"
NOTHING_AT_ALL = "{name}为空：{kind}还没有记录。"
SUM_OF_CHOSEN = "{name}{amount}，是{kind}中{chosen}的{count}笔的合计。"
SUM_OF_ALL = "{name}{amount}，是全部{kind}{count}笔的合计。"
FORMULA = "{name}{amount}＝{formula}。"
SUM_OF_ROWS = "{name}{shown}，是下面{count}行的合计。"

# ---- finder ----

GOV_MISSING = "“{record_name}”{money_text}没有填政府经济科目，只算进了一边；按对应关系应填{code}。"
GOV_MISSING_SEVERAL = "有{count}笔明细没有填政府经济科目，只算进了一边；按对应关系补填后两边相等。"
LINE_DOUBLED = "“{record_name}”{money_text}录入了两次，多出的一笔正好等于差额，请删去一笔。"
SAME_AS_PRIOR = "{name}现为{now}，与上年数相同，可能沿用了上年的数；应为{then}。"
UNIT_MIXED = "{name}现为{now}，可能把元和万元弄混了；应为{then}。"
DIGIT_TOO_MANY = "{name}现为{now}，可能多打或少打了一位；应为{then}。"
DIGITS_SWAPPED = "{name}现为{now}，可能有两位数字打颠倒了；应为{then}。"
SIGN_WRONG = "{name}现为{now}，正负号可能反了；应为{then}。"
SAME_AS_PRIOR_CELL = "{name}与上年数完全相同，可能沿用了上年的数；要使两边相等，它应为{money_text}。"

# ---- findings ----

NO_RULE = "勾稽规则{id}用了没有的规则“{rule}”。"

# ---- rounding ----

TAIL_NOTE = "注：部分数据因四舍五入，分项之和与合计可能有尾差。"

# ---- codes ----

GOV_CHANGED = "把“{name}”的政府经济科目由 {old} 改为 {new}。"

# ---- what the history tells of a mend ----

INCOME_ADDED = "补填{name}的收入"
INCOME_CHANGED = "把{name}的收入改为{amount}"
AMOUNT_CHANGED = "把{name}改为{amount}"
GOV_FILLED = "补填政府经济科目{code}"
GOV_FILLED_SEVERAL = "按对应关系补填政府经济科目"
GOV_REPLACED = "政府经济科目改为 {code}"
DOUBLE_DELETED = "删去重复的明细"

# ---- names of places ----

UNNAMED = "（未命名，第{id}号）"
ACCOUNT = "“{name}（{code}）”"
CELL = "《{table}》“{name}”"
CELL_OF_ROW = "《{table}》{row}"
CELL_OF_COLUMN = "{cell}“{column}”"
ALL_ROWS = "《{table}》各行“{column}”"
NO_ROWS = "没有数据的行"
ALL_OF = "{space}合计"
AMOUNT_WHERE = "{space}中{chosen}的金额"
FIELD_OF = "“{name}”的{field}"
SUM_OF_FIELD = "{space}的{field}之和"
SUM_OF_FIELD_WHERE = "{space}中{chosen}的{field}之和"
COUNT_OF = "{space}的个数"
COUNT_WHERE = "{space}中{chosen}的个数"

# ---- the sheets ----

COLUMN_NUMBERS = "栏次"
UNKNOWN_CODE = "（科目表中没有）"
UNIT_LABEL = "单位：{unit}"
