"""What is said about files that make trouble, about backups and about restoring one."""

from __future__ import annotations

# ---- file troubles ----

NAME_TOO_LONG = "文件名太长，系统放不下：“{path}”。请改用短一些的文件名，或换到层级浅一些的文件夹。"
GONE = ("账册“{name}”不在原来的位置（{folder}）了：可能被移走、改名或删除，也可能 U 盘已经拔出。您填写的内容还在程序里，没有丢。"
        "请把文件放回原处或插回 U 盘后按“重试”，或者“另存到别处”接着做。")
REPLACED = ("“{folder}”里的账册“{name}”被别的程序换成了另一份，内容与正在编辑的不同（多半是同步软件或手工覆盖造成的）。"
            "为了不弄乱两份内容，程序没有往里写；您填写的内容还在程序里。请“另存到别处”接着做，以后再比对这两份。")
WAL_SET_ASIDE = ("账册旁边有一个不属于它的改动记录文件（-wal），多半是手工复制账册时留下的。程序没有采用它，已移到“{kept}”留存；"
                 "请看一看账册内容是不是您要的那一份。")
WAL_LOST = ("上次没有正常关闭，而记录最后改动的“{name}-wal”文件不见了（可能被清理软件或同步软件移走）。账册本身完好，"
            "但最后几处改动可能缺少，请核对；缺得多时可以从备份恢复。")
NETWORK = "账册在网络文件夹“{folder}”里，程序已改用较慢但可靠的保存方式。网络一断就存不进去，建议先复制到本机再编，编完复制回去。"
SYNCED = ("账册在“{service}”的同步文件夹里：同步软件可能在编辑时占用或换掉文件，两台电脑同时改会出现冲突副本。"
          "建议把账册放在不同步的文件夹里，编完再复制进去。")
SERVICES = {
    "nutstore": "坚果云", "onedrive": "OneDrive", "baidu": "百度网盘", "wps": "WPS云盘",
    "weiyun": "腾讯微云", "aliyun": "阿里云盘", "ecloud": "天翼云盘", "caiyun": "和彩云",
    "fangcloud": "亿方云", "dropbox": "Dropbox", "google": "Google Drive", "icloud": "iCloud",
    "syncthing": "Syncthing"}
TAKEN_OVER = "已接手“{name}”在电脑“{host}”上没有正常关闭的账册（自 {since} 起）。请看一看最后几处改动在不在。"
UNSAVED = "还有改动没有保存成功，请稍后再试。"
ALREADY_SOMETHING = "“{folder}”里已经有叫“{name}”的文件，不会覆盖它。请换一个文件名。"
SOURCE_IS_TARGET = "这就是正在使用的账册本身，请另选一个位置或文件名。"

# ---- backups ----

NO_BACKUP = "没有备份"
NO_BACKUP_WHY = "这本账册还没有完好的备份。{reason}"
NO_BACKUP_YET = "这本账册还没有备份，按一下就可以现在备份。"
NEWEST_DETAIL = "最近一份完好的备份：{when}（{reason}），在“{folder}”。按一下可以恢复、现在备份或另存到 U 盘。"
LAST_FAILED = "{detail}但后来一次自动备份没有成功：{reason}"
REASON_OTHER = "自己放进来的"
BACKUP_WORKING = "正在备份……"
NEWEST = "最近备份 {when}"
TODAY = "今天 {time}"
YESTERDAY = "昨天 {time}"
SAME_YEAR = "{month}月{day}日 {time}"
OTHER_YEAR = "{year}年{month}月{day}日 {time}"
NO_GOOD_BACKUP = "旁边的备份里没有一份完好的，没有恢复，账册没有改动。请另找存放在别处的副本，或“抢救内容”。"
NONE_BESIDE = "“{folder}”里没有这本账册的备份。请另找存放在别处的副本，或“抢救内容”。"
BIN_FOLDER = "删掉的账册"
NOT_MOVED_IN_USE = "账册“{name}”（{folder}）正被{who}使用，没有动它。请先在那里关上这本账册，再来一次。"
BOOK_BACK_STEM = "{stem}（恢复{turn}）"
BACKUP_GONE = "备份“{name}”已经不在了，没有恢复。请重新选一份。"
RESTORED_NOTE = "恢复到 {when} 的备份（{reason}）"
RESTORED = "已恢复到 {when} 的状态（{reason}）。恢复前的状态留在备份里（原因写“恢复前”），随时可以再恢复回来。"
RESTORED_RAW = "已恢复到 {when} 的状态（{reason}）。原来那个打不开的文件原样留在“{kept}”。"
RESTORED_ALONE = "已恢复到 {when} 的状态（{reason}）。"

# ---- backups in the terminal ----

CLI_BACKUP = "备份"
CLI_LIST = "列出账册的备份，逐份核对"
CLI_MAKE = "现在备份一份，核对后才算数"
CLI_RESTORE = "恢复到一份备份；现在的状态先留存"
CLI_TO = "备份到这个文件（例如 U 盘上）；不写就放在账册旁边的备份文件夹"
CLI_TO_FILE = "文件.xfb"
CLI_WHICH = "第几份（用 backup list 看序号），不写就是最新的一份完好的备份"
CLI_NUMBER = "序号"
CLI_NONE = "还没有备份。"
CLI_LINE = "{number:>3}  {when}  {reason}  {size}  {contents}"
CLI_SOUND = "完好，{unit} {years}，支出明细 {lines} 行"
CLI_MADE = "已备份并核对：{path}"
CLI_NO_SUCH = "没有第 {number} 份备份，现有 {count} 份。用 backup list 可以看到序号。"

# ---- the dialog about a book that does not open ----

TROUBLE_TITLE = "账册打不开"
TROUBLE_ASK = "可以这样做："
WAY_NAMES = {
    "RETRY": "再试一次", "READ_ONLY": "只读打开", "RESTORE": "从备份恢复……", "SALVAGE": "抢救内容到新账册……",
    "COPY": "复制到别处再打开……", "TAKE_OVER": "强制打开", "CHOOSE": "另选账册……"}
WAY_HINTS = {
    "RETRY": "文件放回原处、插好 U 盘、关掉占用它的程序或清理好磁盘以后，再打开一次。",
    "READ_ONLY": "先打开来查看和生成草稿，不改动文件。",
    "RESTORE": "从旁边的备份里挑一份完好的恢复；现在这个文件会原样留存。",
    "SALVAGE": "把还读得出来的内容另存成一本新账册；原来的文件不动。",
    "COPY": "把账册原样复制到别的文件夹再打开；原来的文件不动。",
    "TAKE_OVER": "确实没有人在那台电脑上用它时才选：把那台电脑留下的占用记号作废。",
    "CHOOSE": "在别的位置找这本账册，或打开另一本。"}
NOT_NOW = "先不打开"
TAKE_OVER_TITLE = "强制打开"
TAKE_OVER_ASK = ("{reason}\n\n请先确认：那台电脑上的程序已经关闭、死机或关机，没有人正在改这本账册。"
                 "如果还有人在改，两边的改动会互相覆盖。确认没有人在用吗？")
TAKE_OVER_YES = "确认没有人在用，打开"
TAKE_OVER_NO = "不打开"
COPY_TITLE = "复制到"
COPY_NAME = "{stem}（副本）.xfb"
COPYING = "正在复制“{name}”"
SALVAGE_TITLE = "抢救出来的内容存到"
SALVAGE_NAME = "{stem}（抢救）.xfb"
SALVAGING = "正在从“{name}”里抢救内容"

# ---- saving does not succeed ----

SAVE_AGAIN = "重试(&R)"
SAVE_AGAIN_HINT = "再存一次。程序自己也每隔几秒试一次，存上了这一条就会消失。"
SAVE_ELSEWHERE = "另存到别处(&S)……"
SAVE_ELSEWHERE_HINT = "把现在的全部内容（包括还没有存上的修改）存成另一个文件，并在那里接着做。"
SAVED_AT_LAST = "刚才没有存上的修改，现在都已存好。"
STILL_NOT = "还是没有存上。"
ELSEWHERE_TITLE = "另存到"
ELSEWHERE_NAME = "{stem}（接着做）.xfb"
ELSEWHERE_DONE = "全部内容已存到“{path}”，接下来就在这个文件里编制。"
ELSEWHERE_ALONE = "原来的文件已经读不出来。{year} 年度现在的全部内容已存到“{path}”，接下来就在这个文件里编制；修改记录和其他年度没有带过来。"
UNSAVED_MARK = "没有存上"
UNSAVED_TITLE = "还有修改没有存上"
UNSAVED_ASK = "还有 {count} 处修改没有存到磁盘上。\n\n{reason}"
UNSAVED_STAY = "先不关闭"
UNSAVED_RETRY = "再存一次"
UNSAVED_ELSEWHERE = "另存到别处……"
UNSAVED_RETRY_HINT = "清理好磁盘、插好 U 盘或接通网络以后，再存到原来的文件里。"
UNSAVED_ELSEWHERE_HINT = "把现在的全部内容存成另一个文件，一处也不少。"
UNSAVED_GIVE_UP_HINT = "只丢掉没有存上的这几处，以前存好的内容不受影响。"
UNSAVED_GIVE_UP = "放弃这 {count} 处修改并关闭"

# ---- backups in the window ----

BACKUP_STATE = "备份情况"
BACKUP_STATE_HINT = "按一下打开“备份与恢复”。"
DO_BACKUPS = "备份与恢复……"
DO_COPY_TO_STICK = "另存一份到 U 盘……"
BACKUPS_TITLE = "备份与恢复"
BACKUPS_OF = "“{name}”的备份"
BACKUPS_HINT = "选一份备份，按“恢复”，账册就回到那时的状态。现在的状态会先留一份（原因写“恢复前”），随时可以再恢复回来。"
BACKUPS_NONE = "还没有备份。按“现在备份”做第一份；以后每天第一次打开时、升级前和改动较多时，程序会自己做。"
BACKUP_COLUMNS = ("时间", "原因", "单位", "年度", "支出明细", "大小", "核对")
BACKUP_CHECKING = "正在核对……"
BACKUP_SOUND = "完好"
BACKUP_UNSOUND = "不完整"
BACKUP_LINES = "{count} 行"
BACKUP_ROW = "{when}，{reason}，{state}"
DO_RESTORE = "恢复"
DO_BACKUP_NOW = "现在备份"
BACKED_UP = "已备份并核对：{name}"
RESTORING = "正在恢复“{name}”"
STICK_TITLE = "另存一份到"
STICK_NAME = "{stem}-{day}.xfb"
STICK_WORKING = "正在另存并核对……"
STICK_DONE = "已另存一份并核对完好：{path}"
