"""Putting form packs in from a .zip, listing them, and taking them out again."""

from __future__ import annotations

# ---- the .zip itself ----

ZIP_NOT_THERE = "找不到文件“{path}”，请确认 U 盘已经插好、文件名没有写错。"
ZIP_UNREADABLE = "“{name}”读不出来，系统说：{strerror}。请换一个 U 盘或重新复制一份再试。"
ZIP_TOO_LARGE = "“{name}”超过 {most} MB，报表包没有这么大，请核对是不是选错了文件。"
ZIP_BROKEN = "“{name}”不是完好的 zip 文件，可能没有复制完整或已经损坏，请重新复制一份。"
ZIP_EMPTY = "“{name}”里没有报表包：找不到 pack.toml。报表包是 forms 里的一个文件夹压成的 zip，例如 hunan/2027。"
ZIP_ENTRIES = "zip 里有 {count} 个文件，最多 {most} 个。"
ZIP_TOTAL = "zip 解开以后超过 {most} MB，报表包没有这么大，已停止读取。"
ENTRY_OUTSIDE = "路径指向报表包以外，不予解开。"
ENTRY_LINK = "这是一个链接，报表包里只能有普通文件。"
ENTRY_LOCKED = "文件加了密码，读不了。请向提供的人要一份不加密码的。"
ENTRY_METHOD = "文件的压缩方式不认识，请用普通的 zip 压缩。"
ENTRY_BROKEN = "文件损坏，解不开。请重新复制一份 zip。"
ENTRY_TWICE = "同一个文件在 zip 里有两份（不分大小写也算），不知道该用哪一份。"
ENTRY_NAME = "文件名认不出来或含有 Windows 不允许的字。请把文件名改成英文字母、数字或常用汉字再压缩。"
ENTRY_KIND = "报表包里只能有 .toml、.csv、.md 和 .txt 文件，这个文件不予解开。"
FILE_TOO_BIG = "文件超过 {most} MB，报表包里没有这么大的文件。"
ENTRY_STRAY = "这个文件不在任何一个报表包的文件夹里。"
PACK_NESTED = "报表包套在另一个报表包“{outer}”里面，请把两个分开放。"
PACK_TWICE = "编号为 {id} 的报表包在 zip 里有两个。"
PACK_NAMELESS = "看不出报表包的编号：请在 [pack] 里写 id，例如 id = \"hunan/2027\"。"
PACK_RESERVED = "编号 {id} 不能用：“{part}”是程序自己用的名字或 Windows 保留的名字。"
PACK_CASE = "编号 {id} 与已有的 {other} 只差大小写，在 Windows 上分不开，请改用同样的写法。"
CODES_NAMES = "科目表的文件夹里只能有 {names}。"

# ---- what is tried first ----

STEP_READING = "正在读“{name}”……"
STEP_CHECKING = "正在检查报表包 {id}……"
STEP_CASES = "正在运行 {id} 的样例：第 {at} 个，共 {count} 个……"
STEP_OTHERS = "正在检查别的报表包装上以后还能不能用：{id}……"
CALLED_OFF = "已取消，什么也没有装。"
OTHER_BREAKS = "装上以后，报表包 {id} 就不能用了：{sentence}"

# ---- what there is ----

SHIPPED = "随程序带来"
INSTALLED = "{when} 从“{source}”装入，校验值 {checksum}"
REPLACES_SHIPPED = "代替了随程序带来的同名报表包"
REPLACES_INSTALLED = "代替 {when} 从“{source}”装入的同名报表包"
REPLACES_NEW = "新增"
ORIGIN_LINE = "    来源：{origin}"
CODES_TITLE = "{year} 年政府收支分类科目表"

# ---- damaged ----

BUNDLE_UNREADABLE = "装入的报表包“{folder}”的记录读不出来，这一批报表包用不了。请把原来的 zip 重新装一遍，或用“pack remove {folder}”清除。"
FILE_CHANGED = "装入的报表包 {id}（来自“{source}”）已经损坏：{file} 与装入时不同。请把原来的 zip 重新装一遍，或者卸下它。"
FILE_GONE = "装入的报表包 {id}（来自“{source}”）已经损坏：缺少 {file}。请把原来的 zip 重新装一遍，或者卸下它。"

# ---- done, and not done ----

REFUSED = "“{name}”没有装入，有 {count} 处问题："
DONE = "已装入{titles}。新建账册和新建年度时就可以选用。"
ALREADY = "“{name}”已经装过，内容一模一样，不用再装。"
REMOVED = "已卸下{title}。"
REMOVED_SHIPPED_BACK = "已卸下{title}，现在用的是随程序带来的同名报表包。"
NOT_INSTALLED = "没有从 zip 装入过编号为 {id} 的报表包。装入过的有：{known}。"
NOT_INSTALLED_SHIPPED = "报表包 {id} 是随程序带来的，卸不下来。"
NOTHING_INSTALLED = "还没有"
STILL_NEEDED = "报表包 {id} 还不能卸下：{others} 要用到它，请先卸下它们。"
CANNOT_WRITE = "报表包存不进“{folder}”，系统说：{strerror}。请清理磁盘后再试，原有的报表包没有改动。"
AND = "、"
COMMA = "，"
QUOTED = "“{title}”"
LINE_BARE = "{id}  {title}"

# ---- the terminal ----

CLI_INSTALL = "从 zip 文件装入报表包（先检查并运行它的样例）"
CLI_REMOVE = "卸下装入的报表包"
CLI_FILE = "文件.zip"
CLI_ID = "编号"
CLI_CHECKSUM = "校验值 SHA-256：{sha256}"
CLI_PACK = "{id}  {title}  （{covers}）：{replaces}"
CLI_IGNORED = "没有采用：{names}"

# ---- the window ----

DO_PACKS = "报表包(&K)……"
TITLE = "报表包"
HINT = "报表包决定印哪些表、查哪些规则。省里或市里发了新的报表包（.zip），从这里装入；装入后所有账册都能用。"
COLUMNS = ("名称", "地区", "适用年度", "来源")
ORIGIN_SHIPPED = "随程序"
ORIGIN_INSTALLED = "装入"
ORIGIN_DAMAGED = "已损坏"
LISTING = "正在列出报表包……"
DO_TAKE_IN = "从 U 盘装入……"
DO_TAKE_IN_HINT = "选一个报表包 zip 文件，检查并运行它的样例以后再决定装不装"
DO_REMOVE = "卸下"
DO_REMOVE_HINT = "卸下选中的报表包；随程序带来的卸不下来"
FILE_TITLE = "选择报表包"
FILE_FILTER = "报表包 (*.zip)"
DETAIL = "编号 {id}。来源：{origin}。"
NOTE = "注：{note}"
CHECKING = "正在检查“{name}”"
CHECKING_HINT = "先检查每个文件，再运行报表包自带的样例，大的报表包要一两分钟。现在还什么也没有装。"
PROGRESS = "检查进度"
CANCEL = "取消"
OFFER_TITLE = "“{name}”可以装入"
FAULT_TITLE = "“{name}”没有装入，有 {count} 处问题"
FAULT_HINT = "请把下面的话转给提供报表包的人（可以选中复制），改好后再装。原有的报表包没有改动。"
FACT_FILE = "文件"
FACT_CHECKSUM = "校验值（SHA-256）"
CHECKSUM_HINT = "校验值可以和发文单位公布的核对：一个字也不差，才是同一个文件。"
FACT_PACK = "报表包"
FACT_REGION = "地区"
FACT_YEARS = "适用年度"
FACT_REPLACES = "装入以后"
FACT_TRIED = "检查结果"
FACT_IGNORED = "没有采用"
FACT_SIZE = "{path}（{size} 字节）"
DO_TAKE = "装入"
DO_BACK = "不装，返回"
BACK = "返回"
REMOVE_TITLE = "卸下报表包"
REMOVE_ASK = "要卸下“{title}”吗？用它编的账册不会动，但要重新装上它才能再打开。"
KEEP = "不卸"
DETAILS = "报表包的说明"
