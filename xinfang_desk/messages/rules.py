"""What the rules say of a text, a code or an indicator: the parts a pack's sentence asks for with ``{value}`` ``{expected}``."""

from __future__ import annotations

# ---- amounts ----

ACTUALLY_RISE = "实际是增加{amount}万元"
ACTUALLY_FALL = "实际是减少{amount}万元"
NO_SUCH_CHANGE = "本年数减上年数没有这个差额"
IN_YUAN = "{amount}元"

# ---- claims ----

PROJECTS_IN_ALL = "项目支出共{amount}"
ALL_IN_ALL = "本年支出共{amount}"
NO_INDICATORS = "部门整体支出还没有绩效指标"
TABLES_IN_ALL = "公开的表共{count}张"
NUMBERED = "{number}《{title}》"
NOT_THERE = "没有{number}"
TERM_TWICE = "有两种不同的解释"
TERM_UNEXPLAINED = "没有解释"

# ---- codes ----

CODE_CHOOSE = "请从科目表里另选"
CODE_NOW = "现行科目是 {codes}"
CODE_NOW_UNSURE = "现行科目是 {codes}（请对照本级财政局的科目表核对）"
CODE_LATER = "它是以后年份才有的科目，{year}年用的是 {codes}"
CODE_LATER_UNSURE = "它是以后年份才有的科目，{year}年用的是 {codes}（请对照本级财政局的科目表核对）"

# ---- facts ----

POSTS_THERE = "行政和参公编制共 {count} 名"
NO_POSTS = "行政和参公编制都是 0"
DAYS_AFTER = "在批复后第{days}天"
DAYS_BEFORE = "比批复日期早{days}天"

# ---- indicators ----

QUALITATIVE_WORDS = "定性指标写文字，不写数值和百分号"
QUANTITATIVE_NUMBER = "定量指标的值只填数字，单位填在单位栏；说不成数的请把性质改为定性"
RATE_PERCENT = "比率类指标的单位应是 %"
COUNT_NO_PERCENT = "数量类指标的单位应是件、人次、次这类，不是 %"
TWO_TARGETS = "{one}和{other}"

# ---- records, results, texts ----

EMPTY = "（空）"
RESULT_OF = "{project}的完成情况"
REWRITTEN = "手工改写的段落"
NARRATIVE = "公开说明"
ID_NUMBER = "身份证号 {digits}"
MOBILE = "手机号码 {digits}"
BANK_CARD = "银行卡号 {digits}"
PERSON = "姓名 {name}{ending}"
