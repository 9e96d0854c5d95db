"""What a screen reader says after the name of a thing that can be pressed or filled in: what comes of it, or how to use it.

Found by the thing's name, so a word said twice means the same twice. Things whose description depends on what they
show (a mend, a question of a form, a backup's state) describe themselves.
"""

from __future__ import annotations

from xinfang_desk.messages import (
    findings,
    history,
    pack_install,
    practice,
    preview,
    printing,
    reasons,
    safety,
    start,
    tables,
    window,
    years,
)
from xinfang_desk.messages import help as manual

TABLE = "用方向键移动，直接打字就填写；按 F2 修改，按 F4 挑选，按 F1 看这一栏怎么填。"
SHEET = "由明细算出，不能直接改。用方向键移动，按回车到填这个数的地方。"
COUNT = "按一下只列这些，再按一下列全部。"
CHART_COPY = "复制以后，可以粘贴到文档或幻灯片里。"
CHART_SAVE = "存成文件，以后插到别的材料里。"
PRACTICE_STEP = "一步一步说：先给提示，再说在哪里，最后讲为什么。"
SIDE_CHOICE = "选旁边预览哪一张表。"
SIDE_CLOSE = "收起旁边的预览，地方让给填报。"
BACKUPS = "每行一份备份：时间、原因和当时的情况。选中一份再按“恢复”。"
BACKUP_RESTORE = "账册回到选中的那份备份的状态；现在的状态先留一份。"
PRINT_WHAT = "选定只打印这一部分。"

BY_NAME = {
    # buttons below a dialog
    window.CANCEL: "关上这个窗口，什么也不改。",
    window.CLOSE: "回到原来的页面。",
    window.UNDERSTOOD: window.UNDERSTOOD_HINT,
    reasons.DIALOG_SAVE: "把写好的文字存进账册。",
    years.BIN_RESTORE: "把选中的一项恢复到账册里。",
    # the window
    window.SECTIONS: "上下键换页。每一页后面写着填好了没有、还差几处、有几处错误。",
    window.SHEET_CHOICE: "选下方显示哪一张表。",
    # tables
    window.ADD_ROW: "到表格最后的空行，接着打字就添上一行。",
    window.DELETE_ROW: "删去选中的行，可以撤销。",
    window.LIBRARY_NAME: "打开指标库，勾选以后添到这张表里。",
    tables.FILTER_COLUMN: "选在哪一栏里找。",
    tables.FILTER_VALUES: "选这一栏里的一种内容，只看这些行。",
    tables.FILTER_OFF: "重新显示全部的行。",
    tables.DO_KEEP_ORDER: "把现在看到的次序定下来，以后按它排，也按它印。",
    tables.DO_UNSORT: "表格回到填写时的次序。",
    tables.PASTE_TAKE: "照上面列的填进表格，可以撤销。",
    tables.PASTE_TAKE_REST: "能填的填进表格，不能填的留着不动，可以撤销。",
    tables.PASTE_BLOCK: "填入以后各格的样子，不能在这里改。",
    # reasons
    reasons.NEXT: "光标移到下一条还没有写原因的地方。",
    reasons.EDIT_NAME: "打开常用语，一行一句，写原因时按 F4 就能挑。",
    reasons.DIALOG_BOX: "回车另起一句。不要写金额，金额每年不同。",
    # findings
    findings.FINDINGS: "上下键挑选，按回车到有问题的地方，按 F8 到下一个。",
    findings.UNDO_NAME: "刚才按提示改的内容都改回去。",
    findings.CELLS_NAME: "上下键挑选，按回车到那一格。",
    findings.ANSWER_NAME: "写明为什么这个数没有错。写好后随公开稿印出。",
    findings.ANSWER_BUTTON: "存下上面写的说明，这条提醒就算处理过了。",
    findings.ANSWER_PRINTED: "在预览里翻到印着这条说明的一页。",
    window.FILTER: "选只看哪一类核查结果。",
    window.GO_THERE: "打开有问题的那一页，光标停在要改的格上。",
    window.ADJUSTED_LIST: "上下键挑选，按回车到那一格。",
    # the practice book
    practice.GO: "打开出错的那一页，光标停在要改的格上。",
    practice.BEFORE: "回到前面一处错误。",
    practice.AFTER: "换到后面一处错误。",
    # previews
    window.NARRATIVE: "按 Tab 键在蓝色的数之间移动，按回车看它从哪里来。",
    window.SHEET_NAMES: "上下键换一张表。",
    preview.PAGE_BEFORE: "往前翻一页，也可以按翻页键。",
    preview.PAGE_AFTER: "往后翻一页，也可以按翻页键。",
    preview.PAGE_NUMBER: "填页码，按回车翻到那一页。",
    preview.ZOOM: "选页面显示多大，只管屏幕，不管打印。",
    preview.SIDE_BELOW: "把这一页放到填写的下方，横着的表看得宽些。",
    preview.SIDE_RIGHT: "把这一页放到填写的右侧，边填边看。",
    preview.TWO_PAGES: "左右并排显示两页，再按一下显示一页。",
    preview.FIND: "打几个字，下面只列名称里有它的页。",
    preview.PAGE_LIST: "上下键挑选，右边就翻到那一页。",
    preview.SHOW_PRINTED: "翻到印着这个数的一页，把它标出来。",
    # making the edition
    window.FOLDER: "公开稿、电子表格和核查报告都放在这个文件夹里。",
    f"{window.CHOOSE}{window.FOLDER}": "打开选文件夹的窗口。",
    window.KEY_FILE: "单位的签名证书，扩展名是 .p12 或 .pfx；不签名就留空。",
    f"{window.CHOOSE}{window.KEY_FILE}": "打开选证书的窗口。",
    window.PASSPHRASE: "只用这一次，不存在账册里。",
    window.BUILD: "先核查，再把全部文件写到上面的文件夹里。",
    window.OPEN_FOLDER: "用系统的文件管理器打开上面的文件夹。",
    window.BUILD_CANCEL: "停下正在做的，不留半截的文件。",
    window.MADE_FILES: "上下键挑选，按回车打开选中的文件。",
    window.VERIFY: "选一份签过名的 PDF，看签名是谁的、签后改过没有。",
    # a new book
    start.NEW_YEAR: "选编哪一年的预算。",
    start.NEW_MORE: "展开或收起另外几个可以改的项目。",
    start.NEW_PROVINCE: "名录里没有本县时，按省份选报表。",
    start.NEW_PACK: "选省里规定的那一套报表。",
    start.NEW_KIND: "它决定政府预算支出经济分类用哪一组科目。",
    start.NEW_FILE: "账册文件的位置和名称，扩展名是 .xfb。",
    start.NEW_CHOOSE_FILE: "打开选文件夹的窗口，定下账册放在哪里、叫什么。",
    start.NEW_MAKE: "建好账册，打开第一页开始填。",
    # a new year
    years.NEW_SOURCE: "选从哪一年的账册带过来。",
    years.NEW_OTHER_BOOK: "上年的账册在另一个文件里时，在这里选。",
    years.NEW_YEAR: "选要建立的年度。",
    years.NEW_MAKE: "先做备份，再照上面列的建立；原来的年度不动。",
    # the library of indicators
    window.LIBRARY_PROJECT: "选添到部门整体，还是哪个项目。",
    window.LIBRARY_FILTER: "打几个字，下面只列含有它的指标。",
    window.LIBRARY_TITLE: "用空格勾选，可以勾选几个。",
    window.LIBRARY_TAKE_NONE: "把勾选的指标添到表里，可以撤销。",
    # where a figure comes from
    window.SOURCE_PARTS: "上下键挑选，按回车到填这个数的地方。",
    # rewriting
    window.REWRITE_TITLE: "不动的数仍跟着表走，新写的金额会与各张表核对。",
    window.REWRITE_SEEN: "文字不用改，不再提醒看这一段。",
    window.REWRITE_BACK: "丢开改写的文字，换回程序写的。",
    # backups and the bin
    safety.DO_BACKUP_NOW: "照现在的样子另存一份，打开检查过才算数。",
    safety.DO_COPY_TO_STICK: "选 U 盘上的位置，把账册完整地存一份过去。",
    years.BIN_LIST: "上下键挑选，按回车恢复选中的一项。",
    # report packs
    pack_install.TITLE: "每行一个报表包：名称、地区、适用年度和来源。选中一个，下面有它的说明。",
    pack_install.DO_TAKE: "装上这个报表包，以后新建账册就能选用。",
    pack_install.DO_BACK: "回到报表包的列表，什么也没有装。",
    # the manual
    manual.BACK: "回到刚才看的那一页手册。",
    manual.FORWARD: "再翻到后来看的那一页手册。",
    manual.SEARCH: "打几个字按回车，列出手册里说到它的地方。",
    # the history
    history.LIST: "上下键挑选，按回车看账册当时的样子。",
    history.DETAILS: "选中的一条改了哪些格，原来是什么、改成了什么。",
    history.CLEAR: "清掉查找的字，列出全部改动。",
    # something went wrong
    safety.NOT_NOW: "什么也不做，账册文件不动。",
    safety.UNSAVED_STAY: "回到账册，没有存上的内容还在。",
    # subjects
    window.SUBJECTS_TITLE: "新增和改名的科目，看过以后再采用。",
    window.SUBJECTS_TAKE: "以后用这份科目表，可以撤销。",
    # printing
    printing.PRINTER: "选用哪一台打印机。",
    printing.TEXT: PRINT_WHAT,
    printing.ALL: "从封面到末页全部打印。",
    printing.EVERY: "从封面到末页全部打印。",
    printing.TABLE: PRINT_WHAT,
    printing.PAGES: "在后面填页码。",
    printing.TABLE_NAME: "选要打印的表。",
    printing.PAGES_NAME: "用逗号和短横写，例如 1-3,8。",
    printing.COPIES: "上下键增减。",
    printing.SIDES: "选印一面还是两面，沿哪一边翻。",
    printing.LARGE_A3: "打印机里要有 A3 纸，字的大小不变。",
    printing.LARGE_A4: "不用换纸，字会小一些。",
    printing.SAVE: "不打印，存成文件拷到别处去印。",
    printing.PRINT: "按上面选的送到打印机。",
}
