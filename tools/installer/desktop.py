"""What a Linux desktop is told: the menu entry, the file type ``.xfb``, the icon and the AppStream description."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from tools.installer.request import ROOT, Request

NAME = "xinfang-desk"
MIME = "application/x-xinfang-book"
APP_ID = "cn.xinfang.desk"

_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.0
Name=Xinfang Desk
Name[zh_CN]=预算公开编制台
GenericName=Budget disclosure
GenericName[zh_CN]=部门预算公开编制
Comment=Prepare a department's budget disclosure, offline
Comment[zh_CN]=从明细到公开表、公开说明和签章文件，离线完成
Exec={program} %f
Icon={name}
Terminal=false
Categories=Office;Finance;
MimeType={mime};
Keywords=budget;disclosure;预算;公开;部门预算;yusuan;gongkai;
StartupNotify=true
StartupWMClass={name}
"""

_TYPE = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME}">
    <comment>Xinfang Desk book</comment>
    <comment xml:lang="zh_CN">预算公开账册</comment>
    <icon name="{NAME}"/>
    <glob pattern="*.xfb" weight="80"/>
  </mime-type>
</mime-info>
"""

_METAINFO = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{APP_ID}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>GPL-3.0-or-later</project_license>
  <name>Xinfang Desk</name>
  <name xml:lang="zh_CN">预算公开编制台</name>
  <summary>Prepare a department's budget disclosure, offline</summary>
  <summary xml:lang="zh_CN">部门预算公开编制：从明细到公开表、公开说明和签章文件</summary>
  <description>
    <p>From one list of lines to the published tables, the explanation and the signed files, without a network.</p>
    <p xml:lang="zh_CN">从一份支出明细做出全部公开表、公开说明和签章文件，边填边核查，不用联网。</p>
  </description>
  <launchable type="desktop-id">{NAME}.desktop</launchable>
  <provides>
    <binary>{NAME}</binary>
    <mediatype>{MIME}</mediatype>
  </provides>
  <developer id="cn.xinfang">
    <name>Xinfang Desk</name>
  </developer>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="%s" date="%s"/>
  </releases>
</component>
"""


def entry(program: str) -> str:
    """Return the menu entry that starts *program*."""
    return _ENTRY.format(program=program, name=NAME, mime=MIME)


def put(share: Path, program: str, request: Request) -> None:
    """Write everything a desktop is told under *share* (``/usr/share``, or a user's own)."""
    icon = ROOT / "resources" / "icons" / "app.svg"
    day = datetime.fromtimestamp(request.epoch, UTC).date().isoformat()
    for name, data in {
        f"applications/{NAME}.desktop": entry(program).encode("utf-8"),
        f"mime/packages/{NAME}.xml": _TYPE.encode("utf-8"),
        f"icons/hicolor/scalable/apps/{NAME}.svg": icon.read_bytes(),
        f"metainfo/{APP_ID}.metainfo.xml": (_METAINFO % (escape(request.version), day)).encode("utf-8"),
    }.items():
        file = share / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
