"""What signing and verifying say: who signed, what changed since, why a key or a file is refused."""

from __future__ import annotations

# ---- appearance ----

FONT_UNREADABLE = "字体文件“{name}”读不出来，做不出签名图样。请重新安装本程序。"
FONT_LACKS_CHARACTER = "现有字体里没有“{missing}”字，做不出签名图样。请安装含有这个字的字体，或改用不含这个字的证书。"
FONT_MISSING = "没有找到随程序安装的字体，做不出签名图样。请重新安装本程序。"

# ---- changes ----

PAGES_BECAME = "页数由 {count} 页变为 {count_2} 页。"
PAGES_REPLACED = "{numbers}是签名之后新增或替换的。"
CONTENT_REPLACED = "{numbers}的内容（文字、数字、图或字体）在签名之后被替换。"
LAYOUT_CHANGED = "{numbers}的页面大小或方向在签名之后被改动。"
FIELD_ADDED = "第 {i} 页增加了签名处“{label}”。"
NOTES_CHANGED = "第 {i} 页有 {removed} 处批注或表单内容被改动。"
NOTES_ADDED = "第 {i} 页增加了 {added} 处批注或附加内容。"
NOTES_GONE = "第 {i} 页少了 {removed} 处批注或附加内容。"
PROPERTIES_CHANGED = "文件属性（标题、作者、日期等）在签名之后被改动。"
OPEN_ACTION_CHANGED = "文件打开时执行的动作在签名之后被改动。"
ACTIONS_CHANGED = "文件自动执行的动作在签名之后被改动。"
ATTACHMENTS_CHANGED = "文件的附件、脚本或名称表在签名之后被改动。"
BOOKMARKS_CHANGED = "书签在签名之后被改动。"
LAYERS_CHANGED = "图层的显示方式在签名之后被改动。"
METADATA_CHANGED = "文件的元数据在签名之后被改动。"
EVIDENCE_ADDED = "附加了核验签名用的证书资料，不影响内容。"

# ---- extent ----

NO_EXTENT = "签名没有写明它覆盖哪些内容，不能认定文件是否被改动。"
EXTENT_WRONG = "签名写明的覆盖范围与文件对不上，文件可能被截断或被改动。"
EXTENT_GAP = "文件中间（第 {length} 至第 {resume} 字节）有签名没有覆盖的内容，那里可能藏有没有签过的东西。"
EXTENT_NOT_OWN = "签名覆盖范围的空档里不是这个签名本身，文件可能被改动。"

# ---- files ----

CANNOT_WRITE = (
    "不能写入“{target}”（{strerror}）。"
    "请检查文件夹是否存在、有没有写入权限、磁盘是否已满、文件是否正被别的程序打开。"
)
TARGET_EXISTS = "“{target}”已经存在，没有覆盖它。请换一个文件名，或先移走原来的文件。"

# ---- keys ----

KEY_EXPIRED = "证书“{name}”已在 {day} 过期，不能再用来签名。请换用有效的证书。"
KEY_NOT_YET = "证书“{name}”从 {day} 起才有效。请检查本机日期是否正确，或换用有效的证书。"
DEMO_NAME_LENGTH = "演示证书的姓名要有 1 至 {longest_name} 个字。请改短后再试。"
PASSPHRASE_SHORT = "口令太短。请用 6 个字符以上的口令。"
KEY_UNREADABLE = "打不开证书文件“{path}”（{strerror}）。请检查路径和读取权限。"
KEY_TOO_LARGE = "“{name}”太大，不是证书文件。请选择扩展名为 .p12 或 .pfx 的证书文件。"
KEY_CIPHER = "证书文件“{name}”用了本机不支持的加密方式。请向发证机构换一份标准的 .p12 文件。"
PASSPHRASE_WRONG = "打不开证书“{name}”：口令不对。请重新输入口令，注意大小写和输入法。"
KEY_NO_PKCS12 = "“{name}”不是 PKCS#12 证书文件，或已损坏。请选择扩展名为 .p12 或 .pfx 的证书文件。"
KEY_NO_PRIVATE = "“{name}”里没有私钥，只能用来核验，不能签名。请选择带私钥的证书文件。"
KEY_NO_CERTIFICATE = "“{name}”里没有与私钥对应的证书，不能签名。请向发证机构换一份完整的 .p12 文件。"
KEY_KIND = "“{name}”里的密钥类型不能用来签 PDF。请换用 RSA 或椭圆曲线证书。"
KEY_NAMES = "证书“{name}”里的姓名或单位读不出来。请向发证机构换一份证书。"

# ---- passphrase ----

PASSPHRASE_NO_READ = "从文件描述符 {fd} 读不到口令（{strerror}）。请检查命令里的重定向写法。"
PASSPHRASE_LONG = "从文件描述符 {fd} 读到的口令超过 {longest} 个字节，不像是口令。请检查给的是不是口令文件。"
PASSPHRASE_NOTHING = "从文件描述符 {fd} 没有读到口令。请把口令写在第一行。"
PASSPHRASE_NOT_UTF8 = "读到的口令不是 UTF-8 编码的文字。请用 UTF-8 保存口令文件后再试。"
PASSPHRASE_EMPTY = "没有输入口令。请重新操作并输入证书的口令。"
PASSPHRASE_DIFFERENT = "两次输入的口令不一致。请重新操作。"
PASSPHRASE_NO_TERMINAL = "这里没有能隐藏输入的终端，不能输入口令。请改从文件描述符读取口令。"

# ---- sentences ----

BROKEN_SIGNATURES = "文件里有签名，但已无法核验，请不要把它当作签过名的文件使用。"
NO_SIGNATURE = "这份 PDF 没有签名，不能证明由谁定稿，也看不出有没有被改动过。"
VERDICT_UNKNOWN = "有签名无法核验，不能认定文件是否被改动。"
VERDICT_STAMP_ONLY = "这份 PDF 只有时间戳，没有人签名。"
VERDICT_FAILED = "核验没有通过：文件在签名之后被改动过，或签名没有覆盖全部内容。请不要把它当作签过名的文件使用。"
VERDICT_PASSED = "核验通过：文件有 {count} 个签名，签名之后内容没有被改动。"
ALL_DEMO = "签名用的是演示证书，不具法律效力。"
SOME_DEMO = "其中有演示证书的签名，不具法律效力。"
NOT_TRUSTED = "但签名人的身份没有得到发证机构证明。"
STAMP_BY = "第 {number} 个是时间戳，由“{signer_name}”加盖。"
NO_TIME = "签名里没有写时间。"
TIME_TRUSTED = "签名时间 {shown}，由受信任的时间戳机构证明。"
TIME_UNTRUSTED = "时间戳的时间 {shown}，但时间戳机构不在受信任的机构之内。"
TIME_LOCAL = "签名时间 {shown}，这是签名人电脑的本机时间，没有时间戳机构证明。"
WHOLE_FILE = "签名覆盖整个文件，签名之后没有任何改动。"

# ---- sign ----

OPEN_FAILED = "打不开要签名的文件“{source}”（{strerror}）。请检查路径和读取权限。"
LOCKED = "“{name}”不接受新的签名（{error}）。请从还没有锁定的文件开始签。"
STRUCTURE_BROKEN = "“{name}”的 PDF 结构有问题，签不了名（{error}）。请重新生成这份 PDF 后再签。"
ENCRYPTED = "“{name}”加了密码，签不了名。请用没有加密的 PDF。"
ROLE_TAKEN = "“{name}”里已经有{label}，不能重复签。请换一个签名身份，或从未签名的文件重新开始。"
NO_SUCH_PAGE = "签名要放在第 {page} 页，但文件只有 {count} 页。请改选页码。"
ROOM_TOO_SMALL = "第 {page} 页留给签名的位置太小，看不清签名。请留出至少 21 毫米宽、9 毫米高。"
ROOM_OUTSIDE = "签名的位置超出了第 {page} 页的边界。请改选位置。"
DISK_DIFFERS = "签名后的文件写到磁盘上后与内存里的不一致，没有保存。请检查磁盘后重新签名。"

# ---- single ----

SIGNATURE_BROKEN = "签名数据已损坏，或用了本程序不认识的格式或算法，不能认定文件是否被改动。"
CONTENT_DIFFERS = "签名覆盖的内容与签名时不同：文件里有字节被改动过。"
SIGNATURE_FORGED = "签名数据与签名人的证书对不上：签名被改动过或是伪造的。"
TAIL_UNSIGNED = "签名之后，文件末尾多出 {count} 个字节，签名没有覆盖它们。"
CHANGES_UNKNOWN = "签名之后追加了内容，但看不出改在哪一页。"
CHANGES_CONFUSED = "签名之后追加了内容，追加的部分结构混乱，看不出改在哪一页。"
DIGEST_WEAK = "签名用的摘要算法 {md_algorithm} 已不安全，有人可能仿造内容。"

# ---- trust ----

TRUST_UNREADABLE = "打不开受信任的证书文件“{path}”（{strerror}）。请检查路径。"
TRUST_NO_CERTIFICATE = "“{name}”不是证书文件（.cer、.crt 或 .pem）。请重新选择。"
DEMO_KEY = "签名用的是演示证书，不具法律效力，只供试用。别的阅读器会提示“不受信任”或“身份未知”，这是正常的。"
CERTIFICATE_EXPIRED = "签名人的证书已在 {not_valid_after:%Y-%m-%d} 过期，别的阅读器会提示“证书已过期”。"
CERTIFICATE_NOT_YET = "签名人的证书还没有到生效日期，别的阅读器会提示“证书无效”。请检查本机日期。"
CERTIFICATE_REVOKED = "签名人的证书已被吊销，签名不应再被信任。"
SELF_ISSUED = "证书是签名人自己签发的，没有发证机构证明其身份，所以别的阅读器会提示“不受信任”。请与签名人当面核对。"
ISSUER_UNTRUSTED = "发证机构“{issuer}”不在给出的受信任机构之内，所以签名人的身份没有得到证明。"
NO_TRUST_GIVEN = (
    "没有指定受信任的发证机构，签名人的身份没有核对；本机若不认识发证机构“{issuer}”，"
    "别的阅读器会提示“不受信任”，这不等于文件被改动。"
)

# ---- verify ----

FILE_UNREADABLE = "打不开文件“{path}”（{strerror}）。请检查路径和读取权限。"
NO_PDF = "这不是 PDF 文件。请选择扩展名为 .pdf 的文件。"
FILE_ENCRYPTED = "这份 PDF 加了密码，不能核验。请取得没有加密的文件。"
SIGNATURE_GONE = "文件里有签名的痕迹，却找不到签名：签名可能被去掉或损坏。"
FILE_CUT = "文件不完整，末尾缺了一截，可能没有传完。请重新取得这份文件。"
FILE_BROKEN = "文件已损坏或结构不合规范，读不出来（{name}）。请重新取得这份文件。"
SURPLUS = "文件正常结尾之后又多出 {surplus} 个字节，签名没有覆盖它们。"

# ---- the stamp, the demonstration key, the terminal's questions ----

STAMP_SIGNER = "签名人：{holder}（{role}）"
STAMP_UNIT = "单位：{unit}"
STAMP_TIME = "本机时间：{moment}"
STAMP_ALWAYS = "0123456789-: ：+（）签名人单位本机时间编制审核负责"
"""Characters every stamp may need, so that one small font serves all stamps of a signer."""
DEMO_MARK = "演示证书（不具法律效力）"
DEMO_ORGANIZATION = "演示"
DEMO_ISSUER = "{mark} 签发机构"
ASK_PASSPHRASE = "证书口令："
ASK_AGAIN = "再输入一次口令："
PASSPHRASE_SHOWN = "<口令>"
FILE = "文件"

# ---- who signed ----

SIGNATURE = "签名"
PAGE_LIST = "第 {pages} 页"
PAGE_LIST_MORE = "第 {pages}等共 {count} 页"
SIGNED_BY = "第 {number} 个签名：{parts}。"
DEMO_SIGNED_BY = "第 {number} 个演示签名：{parts}。"
BY = "签名人{name}"
OF_UNIT = "单位“{unit}”"
NO_UNIT = "证书里没有写单位"
ON_PAGE = "签在第 {page} 页"
INVISIBLE = "在页面上看不见"
FOR_REASON = "签名事由“{reason}”"
IN_PLACE = "地点“{place}”"
NO_NAME = "（证书里没有姓名）"
NAME_UNREADABLE = "（读不出签名人）"
ONLY_ADDED = "签名时的内容完好，之后只追加了别的签名或核验资料："
CHANGED_AFTER = "签名时的内容还在文件里，但之后又追加了改动，现在看到的不是签名时的样子："
EARLIER_FAILED = "“{name}”已有的签名没有通过核验，不能接着签：{verdict}请从没有改动过的文件重新开始签。"
NOT_PROVEN = "签名后的文件没有通过核验，没有保存：{verdict}请重新签一次；若仍然如此，请联系软件维护人员。"
