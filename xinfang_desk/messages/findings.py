"""The findings: what is said about them, about mending them and about the 说明 that answers a warning."""

from __future__ import annotations

# ---- the list ----

FINDINGS = "核查结果"
PANEL = "核查"
DETAIL = "这个问题的详情"
NONE_AT_ALL = "没有发现问题。\n\n每改一个数都会马上重新核查，有问题会列在这里。"
NONE_SHOWN = "按现在的筛选没有可列的。\n再按一次上面的按钮，就列出全部。"
ELSEWHERE = "其他"
GROUP = "{title}（{count}）"
NEW = "【新】"
TOUCHED = "【刚才】"
ANSWERED = "【已说明】"
MENDABLE = "　〔可改〕"
SPOKEN = "{weight}{marks}：{text}"
SECOND_AT = "{where}：{figures}"
ROW_OF = "{table} · {row}"

# ---- counts and filter ----

FILTER = "只列"
KINDS = {"error": "错误", "warning": "提醒", "hint": "建议", "answered": "已说明的"}
COUNT_TIP = "{kind} {count} 条，按一下只列这些，再按一下列全部"
COUNT = "{kind} {count} 条"

# ---- one finding ----

MORE = "应为 {expected}，现为 {actual}，多 {difference} {unit}"
LESS = "应为 {expected}，现为 {actual}，少 {difference} {unit}"
PLAIN = "应为 {expected}，现为 {actual}"
LAW = "依据：{law}（规则 {check}）"
CELLS = "有关的格，按回车或单击就到那里："
CELLS_NAME = "这条规则有关的格"
CELL = "{table}：{name}　{text}"
CELL_BLANK = "空白"
CELL_MORE = "另外还有 {count} 格"

# ---- mending ----

MEND = "改好（{key}）"
MEND_HINT = "照上面说的改好，可以撤销。"
MEND_NAMED = "改好：{say}"
MENDED = "已改好：{say}"
NO_MEND = "这个问题没有现成的改法，请到对应的地方修改。"
NO_CURRENT = "还没有选中问题，先按 F8 到下一个问题。"
UNDO = "撤销（Ctrl+Z）"
UNDO_NAME = "撤销刚才的改法"
WILL = "将要改动："
MOVED = "{what}：{before} → {after}"
RECORD_FIELD = "{record}的{field}"
GONE = "{record}：删去"
COMES = "{record}：添加"
BLANK = "空白"
RECORD_NAMED = "{list}“{name}”"

# ---- the 说明 ----

ANSWER_LABEL = "情况属实的，请写明说明（Ctrl+E）："
ANSWER_NAME = "说明"
ANSWER_PLACEHOLDER = "例如：本年新增一名退休人员，医疗补助相应增加。"
ANSWER_BUTTON = "写入说明（Ctrl+回车）"
ANSWER_KEPT = "说明已写入，印在公开稿末页“核查提醒的说明”里。"
ANSWER_TAKEN_BACK = "说明已清除。"
ANSWER_PRINTED = "看它印在哪里"
ANSWER_WHERE = "写好后随公开稿印在末页“核查提醒的说明”里。"
ANSWER_NOT_HERE = "只有提醒可以写说明；错误要改好，建议可以不理。"
ANSWER_NOT_PRINTED = "公开稿里还没有说明，写好一条以后再看。"

# ---- commands ----

DO_MEND = "按提示改好"
DO_ANSWER = "给提醒写说明"
