"""The words the rules look for in a clerk's Chinese texts. Nothing here is ever said to anyone."""

from __future__ import annotations

# ---- amounts ----

WAN_YUAN = "万元"
WAN = "万"
PERCENT_MARKS = ("%", "％")
AMOUNT = r"(\d[\d,]*(?:\.\d+)?)\s*万元"
FILLING = r"(?:[（(][^（）()]{0,20}[）)])?(?:预算|数|合计|共计|总计|总额|共|计|为|是|安排|[:：\s])*"
"""What may stand between a label and its amount."""
LEADS_ON = frozenset("年中为是其和及的含将度门位括算有排与")
"""Before one of these a label stands by itself; after another character it is part of a longer name."""
YEAR = "{year}年"
FACTOR = r"\d[\d,]*(?:\.\d+)?[^\d×xX*＊✕=＝，。；\s]{0,8}"

# ---- directions ----

RISES = ("增加", "增长", "增")
"""Those a changed amount stands behind; the others are falls."""
UP_WORDS = ("增加", "增长", "上升", "提高", "调增", "新增")
DOWN_WORDS = ("减少", "下降", "压减", "压缩", "降低", "调减")

# ---- claims ----

PERFORMANCE = "绩效"
PROJECT = "项目"
NONE_OF = r"(?:没有|无|未安排|不涉及|不安排)(?:安排|使用|编制|当年|本年度?|用)*(?:{labels})(?![^，。；]{{0,6}}结转)"

# ---- years ----

BEFORE_YEAR = ("截至", "截止", "自", "从", "至", "到", "到了")

# ---- indicators ----

PERCENT_UNITS = (*PERCENT_MARKS, "百分比")
PERCENT_NAMES = (*PERCENT_MARKS, "%)", "%）", "％）")
HEADINGS = (("满意", "满意度", "满意度指标"), ("及时|时间|时限|按时", "时效", "时效指标"),
            ("(?<!质量)标准(?![化率达])|成本|人均.*(费|补助|补贴|支出|经费)|人均发放", "成本", "成本指标"))
"""What a name holds, what its 二级指标 then holds, and which it should be."""

# ---- persons ----

NOT_NAMES = ("领导", "干部", "群众", "人员", "负责", "老年", "退休", "信访", "全体", "有关", "上述", "主要")
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳"
    "史唐费薛雷贺倪汤殷罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛米明戴宋庞熊纪舒项祝董梁杜阮蓝闵贾江童郭梅林钟徐邱骆高"
    "夏蔡田樊胡凌霍万柯卢莫房丁邓洪包左石崔吉龚程邢裴陆翁甄封储段焦侯宁祖武符刘景龙叶黎白蒲赖乔谭申冉尚温柴瞿阎连习艾向古"
    "廖终耿匡寇欧隆师巩聂晁敖冷辛简饶曾关岳廉鞠闫肖")
"""Common family names: without one in front, two or three characters before 同志 are hardly a person's name."""
