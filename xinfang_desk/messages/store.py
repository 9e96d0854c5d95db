"""What the book's file says when it cannot be opened, read, written or saved: what, where, and how to mend it."""

from __future__ import annotations

# ---- backup ----

BACKUP_NO_BOOK = "备份“{path}”核对时不是账册文件，没有算作备份。请检查磁盘后重新备份。"

# ---- book ----

NO_YEAR = "账册“{name}”里没有 {year} 年。请在年度列表里另选，或先新建这一年度。"
NO_EDITION = "账册里没有 {year} 年第 {number} 次公开稿，签名没有登记。请先生成公开稿。"
NO_BACKUP_FOLDER = "文件夹“{parent}”不存在，备份放不进去。请先建好这个文件夹，或另选一个位置。"
BOOK_CLOSED = "账册“{name}”已经关闭，请重新打开。"
BOOK_READ_ONLY = "账册“{name}”是只读打开的，不能修改。请等占用的人关闭后重新打开再改。"

# ---- codec ----

CONTENT_BROKEN = "账册里的内容不合格式：{what}。文件可能被别的软件改过或已损坏，请从备份恢复。"
FIELD_UNFIT = "字段“{name}”不能存成“{value}”：类型或大小不对，这一处没有保存，请检查后重新填写。"
RECORD_UNFIT = "“{space_names}”里放不进 {name}，这一处没有保存。"
VALUE_UNFIT = "{space_names}里不能存“{value}”：类型或大小不对，这一处没有保存，请检查后重新填写。"

# ---- errors ----

IN_USE_MEND = "请等对方关闭后再打开，或选择“只读打开”先查看。"
IN_USE_ELSEWHERE_MEND = "请等对方关闭后再打开，或选择“只读打开”先查看。如果那台电脑已经死机或关机、确实没有人在用，可选择“强制打开”。"
OTHER_WINDOW = "另一个窗口"
HOLDER = "“{name}”在电脑“{host}”上（进程 {pid}，自 {since} 起）"
IN_USE = "账册“{name}”（{parent}）正被{who}使用，不能同时修改。{mend}"
NO_FOLDER = "文件夹“{folder}”不存在，账册放不进去。请先建好这个文件夹，或另选一个位置。"
NO_FILE = "在“{parent}”里找不到账册“{name}”。它可能被移走或改了名，请重新选择文件的位置。"
FILE_THERE = "“{parent}”里已经有叫“{name}”的文件，新账册不会覆盖它。请换一个文件名，或直接打开原有账册。"
NO_BOOK = "“{path}”不是账册文件，内容不是本程序写的格式。请选择扩展名为 .xfb 的账册。"
FOREIGN = "“{path}”是别的程序的数据库，不是预算公开账册，本程序没有改动它。请选择本程序建立的 .xfb 文件。"
NEWER = (
    "账册“{path}”是用较新版本的程序保存的（格式 {found}，本程序只认识到格式 {known}），为免丢失内容没有打开，"
    "文件也没有改动。请先升级本程序再打开。"
)
OLDER_READ_ONLY = "账册“{path}”是旧格式，只读打开时不能升级。请先关闭其他窗口并正常打开一次，程序会先备份再升级。"
USE_BACKUP = "最近的备份是“{newest_backup}”，请复制一份后打开它。"
NO_BACKUP = "旁边没有找到备份，请把这个文件原样另存一份，再找存放在别处的副本。"
DAMAGED = "账册“{path}”已损坏（{detail}），程序没有改动它。{mend}"
NOT_WRITABLE = (
    "账册“{path}”或它所在的文件夹是只读的，改动存不进去。请取消文件的只读属性、换到有写权限的文件夹，"
    "或选择“只读打开”。"
)
DISK_FULL = "磁盘空间不够，账册“{path}”没有写进去，这次的改动还没有保存。请清理“{parent}”所在的磁盘后重试。"
BROKEN_TEXT = "文字里有无法保存的残缺字符（多半是从别处粘贴来的），请删去后重新输入。"
BUSY = "账册“{path}”正被别的程序（例如杀毒或同步软件）占用，这次没有写进去。请稍等片刻再试。"
CANNOT_OPEN = "打不开账册“{path}”。请检查文件是否还在、所在文件夹是否有读写权限。"
DISK_ERROR = (
    "读写账册“{path}”时磁盘出错（{name}），这次的改动还没有保存。请检查磁盘或 U 盘是否松动、网络盘是否断开，"
    "再重试。"
)
OTHER_ERROR = "读写账册“{path}”时出错（{error}），这次的改动还没有保存。请关闭后重新打开；若再次出现，请从备份恢复。"
SYSTEM_ERROR = "读写“{path}”时出错（{strerror}）。请检查磁盘和文件夹是否可用，再重试。"

# ---- header ----

UNREADABLE = "读不了账册“{path}”（{strerror}）。请检查文件的读取权限，或磁盘是否正常。"

# ---- records ----

NO_RECORD = "{space_names}里没有编号 {id} 的记录，这一处改动没有保存。请关闭账册后重新打开再改。"
RECORD_TWICE = "{space_names}里已有编号 {min} 的记录，这一处改动没有保存。请关闭账册后重新打开再改。"

# ---- salvage ----

SALVAGED_PARTLY = "{broken}有一部分读不出来，请对照纸质材料补齐。"
SALVAGED_WHOLE = "没有发现缺少的内容。"
SALVAGED = "已把能读出的内容另存为“{target}”：{rows}。{rest}原来的文件没有改动。"

# ---- saver ----

SAVER_CLOSING = "账册正在关闭，这处改动没有保存。请重新打开账册后再改。"
SAVER_STOPPED = "后台保存意外停止，刚才的改动还没有保存。请把未保存的内容抄下来，关闭账册后重新打开。"

# ---- years ----

YEAR_THERE = "账册里已经有 {year} 年，没有重复建立。请直接打开该年度。"

# ---- what is broken in a book: the parts of CONTENT_BROKEN and DAMAGED ----

REFERENCES_BROKEN = "内部的对应关系断开"
TABLE_LACKS = "缺少“{table}”表或其中的列"
BROKEN_CHOICE = "字段“{field}”没有“{value}”这一项"
BROKEN_TYPE = "字段“{field}”的值“{value}”类型不对"
BROKEN_FIELD = "{space}没有字段“{field}”"
BROKEN_RECORD = "{space}的一条记录字段不全或多出字段"
BROKEN_UNIT = "单位信息字段不全"
BROKEN_VALUE = "{space}里有类型不对的值“{value}”"
NO_TEXT = "{what}不是文字"
NO_JSON = "{what}不是合格的 JSON"
NO_LIST_OF_STEPS = "修改记录不是列表"
BROKEN_STEP = "修改记录里有看不懂的一步"
BROKEN_STEP_SPACE = "修改记录里没有“{space}”这类记录"
BROKEN_STEP_FIELD = "修改记录里的字段名或编号不对"
BROKEN_STEP_RECORD = "修改记录里的位置或记录不对"
BROKEN_STEP_ADDRESS = "修改记录里的事项地址不对"
BROKEN_ENTRY = "修改记录第 {sequence} 条的种类或状态不对"
BROKEN_SIGNERS = "{where}的签名人不合格式"
BROKEN_FILES = "{where}的文件或说明不合格式"
EDITION_AT = "第 {number} 次公开稿"
FACT_AT = "填报事项“{address}”"

# ---- the tables of a book, and what was saved from a broken one ----

TABLES = {"years": "年度", "history": "修改记录", "editions": "公开稿记录", "units": "单位", "places": "窗口位置",
          "bin": "回收站"}
ROWS_SAVED = "{name} {count} 条"
NO_YEAR_READABLE = "连年度也读不出来，无法另存"
TAKEN_FROM_DAMAGED = "从损坏的账册中取出"
YEAR_MADE = "建立 {year} 年度"
