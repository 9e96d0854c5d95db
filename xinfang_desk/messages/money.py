"""Why a typed amount is refused."""

from __future__ import annotations

# ---- money ----

BELOW_FEN = "“{text}”小于一分钱的部分无法记账，请写到分为止。"
TOO_LARGE = "“{text}”超过了十万亿元，请检查是否多打了数字或用错了单位。"
TWO_POINTS = "“{text}”里有不止一个小数点，请只保留一个。"
COMMAS = "“{text}”的千分位逗号位置不对，请写成 125,000.00 这样，或去掉逗号。"
FORMULA = "“{text}”是公式，这里只能填数；请填算好的金额。"
NO_AMOUNT = "“{text}”不是金额，请填数字，例如 125000、125,000.00 或 12.5万。"
TOO_NARROW = "“{text}”是表格里列太窄显示不下的数，请在原表里把这一列拉宽，再复制一次。"
WRONG_FORMULA = "“{text}”是原表里算错的公式，请先在原表里改好，再复制一次。"
PERCENTAGE = "“{text}”是百分数，这里要填金额。"
SCIENTIFIC = "“{text}”是科学记数，后面的数字可能已经丢了；请在原表里把单元格格式改成数值，再复制一次。"
