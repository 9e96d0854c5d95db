"""What the terminal says of itself."""

from __future__ import annotations

# ---- commands ----

WRONG_USE = "命令写法不对：{in_chinese}。加 --help 可看用法。"
ABOUT = (
    "部门预算公开编制台。不带子命令时打开窗口：xinfang-desk [账册.xfb]　　"
    "装好后自检：xinfang-desk --self-test 文件夹 [--window]"
)

USAGE = "用法："
ARGUMENTS = "参数"
OPTIONS = "选项"
HELP = "显示这段说明"
ARGPARSE = (
    ("the following arguments are required:", "缺少参数"), ("unrecognized arguments:", "不认识的参数"),
    ("invalid choice:", "没有这个选择："), ("choose from", "可以选"), ("argument", "参数"),
    ("expected one argument", "后面要跟一个值"), ("invalid int value:", "应是整数，却写着"))
"""What argparse says in English → in Chinese."""

# ---- the commands and what stands behind them ----

COMMANDS = "子命令"
ACTION = "操作"
BOOK = "账册.xfb"
FOLDER = "文件夹"
KEY_FILE = "证书.p12"
PDF_FILE = "文件.pdf"
AS_JSON = "以 JSON 输出"
SAMPLE = "样例账册"
SAMPLE_LIST = "列出随程序带的样例"
SAMPLE_NEW = "由样例建立一本账册"
SAMPLE_ID = "编号"
CHECK = "核查账册（0 没有错误，1 有错误，2 无法运行）"
BUILD = "生成公开表、说明和 PDF"
BUILD_SIGN = "用这个证书给 PDF 签名"
BUILD_PASSPHRASE = "从文件描述符 N 读证书口令；不写就在终端里问"
BUILD_DRAFT = "有错误也生成，每页印“草稿”"
VERIFY = "查验 PDF 的签名"
KEY = "签名证书"
KEY_DEMO = "做一个试用的演示证书（不具法律效力）"
KEY_NAME = "姓名"
KEY_HOLDER = "演示签名人"
KEY_PASSPHRASE = "从文件描述符 N 读口令；不写就在终端里问"
PACK = "报表包"
PACK_LIST = "列出报表包"
PACK_CHECK = "检查报表包并运行它的样例"
PACK_FOLDER = "报表包文件夹"
DOCUMENT = "文种"
DOCUMENT_HELP = "同一年度的另一种文件：selfeval 绩效自评、budget 部门预算公开，或报表包的编号"

# ---- what the commands tell ----

SAMPLE_LINE = "{id}  {title}  （报表包 {pack}）"
SAMPLE_MADE = "已建立账册：{path}"
SAMPLE_NOTE = "  注：{note}"
NOT_FILLED = "  没有填  {label}"
DRAFT_BUILT = "草稿已生成："
EDITION_BUILT = "第 {number} 号公开稿已生成："
EDITION_SAME = "第 {number} 号公开稿已生成（与上次的公开稿一个字节也不差）："
FILE_BUILT = "  {path}  {size} KB  SHA-256 {hash}…"
KEY_MADE = "已做好演示证书：{path}（{holder}，{key}，只供试用，不具法律效力）"
