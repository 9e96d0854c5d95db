"""Why an expression of a form pack is refused."""

from __future__ import annotations

# ---- parse ----

TOO_LONG = "式子长达 {count} 个字，上限是 {max_length} 个字；请拆成几行或几列。"
TOO_DEEP = "式子套得太深（超过 {max_depth} 层）；连加请改用 sum(…, …)。"
NO_ROW_NAME = "方括号里没有写行的编号。"
BELOW_FEN = "“{token}”小于一分钱，请写到分为止。"
NO_ADDRESS = "{space}() 的引号里没有写地址。"
ONE_ARGUMENT = "{name}() 只能有一个参数，这里写了 {count} 个。"
DEFAULT_ARGUMENTS = "default() 要有两个参数（算不出时用后一个），这里写了 {count} 个。"
GRADE_ARGUMENTS = "{name}() 要写成 {name}(数, 界限, 分, …, 其余的分)，这里写了 {count} 个参数，不成对。"
GRADE_ORDER = "grade() 的界限要从大到小写。"
CONDITION_OPERATOR = "选行条件里只能用 == 和 !=，不能用“{op}”；比较金额请写在 test 里。"
NO_LIST = "没有叫“{token}”的清单，只有 {record_spaces}。"

# ---- refusal ----

EMPTY = "{place}是空的。"
AT = "“{text}”第 {position} 个字：{message}"
PLACES = {"start_value": "式子", "start_test": "判断", "start_condition": "条件", "start_grade": "等级"}
UNFINISHED = "{place}没有写完。"
UNFINISHED_EXPECTED = "{place}没有写完，应该是{expected}。"
NOTHING_MORE = "这里写着“{word}”，这里不该再有内容。"
EXPECTED = "这里写着“{word}”，应该是{expected}。"
OR_INSTEAD = "，或者"
DID_YOU_MEAN = "是不是想写“{name}”？"
OPERAND = "数、列名、“表[行].列”或函数"
TOKENS = (
    ("加引号的文字", ("STRING",)),
    ("this", ("THIS",)),
    ("字段名", ("NAME",)),
    ("括号里的一组加引号的文字，例如 (\"人员\", \"公用\")", ("LPAR",)),
    ("“)”", ("RPAR",)),
    ("“,”", ("COMMA",)),
    ("“.”", ("DOT",)),
    ("“[行]”", ("ROW",)),
    ("比较符号（== != < <= > >=）", ("COMPARE",)),
    ("in、under", ("IN", "UNDER")),
    ("and、or", ("AND", "OR")),
    ("运算符号（+ - * /）", ("PLUS", "STAR")),
)
FULL_WIDTH_CHARS = "（），“”【】＝＋－＊／。｜‘’"
FULL_WIDTH = "这里是全角的“{char}”，式子里请用半角的“{full_width}”。"
TWO_EQUALS = "判断相等要写两个等号“==”。"
BRACKET_OPEN = "“[”没有配对的“]”，或方括号里有引号。"
QUOTES_OPEN = "引号没有成对。"
NO_FUNCTION = "没有叫“{name}”的函数。"
NO_FUNCTION_HERE = "选行条件里不能用函数 {name}()，只能写字段。"
WRITE_THE_ROW = "引用别的表要写出行，例如 gpb_function[total].basic。"
NUMBER_NOT_TEST = "这里要算出一个数，不能写比较。"
CONDITION_WORD = '这里写着“{word}”；选行条件只能比较字段和加引号的文字，例如 fund == "gpb"。'

# ---- template ----

BRACE_CLOSED = "这里多了一个右花括号；要印出花括号请写两个。"
BRACE_OPEN = "这里的左花括号没有配对的右花括号。"
TWO_NUMBERS = "{pair}(…) 里要有两个用逗号隔开的数。"
ONE_ADDRESS = "{typed}(…) 里要有一个引号括起来的地址。"

# ---- sentence ----

UNDER = "{field}在{codes}之下"
AND_ALSO = "，且"
OR_ELSE = "，或"
OR = "或"
NOT_THAT = "不符合（{condition}）"
NOT_FLAG = "不是{field}"
FIELD_IS = "{field}为{values}"
FIELD_IS_NOT = "{field}不为{values}"
THIS_PROJECT = "本项目"
NEGATIVE = "－{value}"
SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
FUNCTIONS = {
    "sum": "{values}之和", "abs": "{values}的绝对值", "min": "{values}中最小的", "max": "{values}中最大的",
    "filled": "{values}已填", "ceil": "{values}（不足1的按1计）", "floor": "{values}（不足1的舍去）"}
DEFAULT = "{value}（算不出时用{other}）"
STEPS = {"band": "不超过{bound}得{value}", "reach": "达到{bound}得{value}"}
STEPPED = "{value}{steps}，其余得{rest}"
