"""Which files of the wheels are shipped: for Qt a list of what is kept, for the rest a list of what is left out.

Qt's wheel is 280 MB, of which the program uses about a third; whatever is not named here stays behind, so a new
release cannot bring something in unseen. ``tests/tools/installer`` holds that no kept library needs one left out.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

QT_MODULES = ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "SvgWidgets")

_QT_COMMON = (
    "PySide6/__init__.py",
    "PySide6/_config.py",
    "PySide6/_git_pyside_version.py",
    "PySide6/support/*.py",
    "shiboken6/*.py",
)
_QT_LINUX = (
    *(f"PySide6/Qt{name}.abi3.so" for name in QT_MODULES),
    *(f"PySide6/Qt/lib/libQt6{name}.so.6" for name in (*QT_MODULES, "DBus", "XcbQpa", "OpenGL")),
    "PySide6/libpyside6.abi3.so.*",
    "PySide6/Qt/lib/libicu*.so.*",
    "PySide6/Qt/plugins/platforms/libq[xo]*.so",
    "PySide6/Qt/plugins/platforminputcontexts/lib[ci]*.so",
    "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
    "PySide6/Qt/plugins/imageformats/libq[sj]*.so",
    "PySide6/Qt/plugins/imageformats/libqico.so",
    "PySide6/Qt/plugins/printsupport/*.so",
    "PySide6/Qt/plugins/xcbglintegrations/libqxcb-*.so",
    "PySide6/Qt/translations/qtbase_zh_CN.qm",
    "shiboken6/*.so*",
)
_QT_WINDOWS = (
    *(f"PySide6/Qt{name}.pyd" for name in QT_MODULES),
    *(f"PySide6/Qt6{name}.dll" for name in (*QT_MODULES, "OpenGL")),
    "PySide6/pyside6.abi3.dll",
    *(f"{folder}/{name}.dll" for folder in ("PySide6", "shiboken6")
      for name in ("msvcp140", "msvcp140_1", "msvcp140_2", "vcruntime140", "vcruntime140_1")),
    "PySide6/plugins/platforms/q[wo]*.dll",
    "PySide6/plugins/iconengines/qsvgicon.dll",
    "PySide6/plugins/imageformats/q[sj]*.dll",
    "PySide6/plugins/imageformats/qico.dll",
    "PySide6/plugins/styles/*.dll",
    "PySide6/translations/qtbase_zh_CN.qm",
    "shiboken6/*.pyd",
    "shiboken6/shiboken6.abi3.dll",
)

_LEFT_OUT = (
    "*.pyi", "*.pxd", "*.pyx", "*.pyc", "*.c", "*.cpp", "*.h", "*.hpp", "*/py.typed", "*.lib", "*.pxi",
    "*/tests/*", "*/test/*", "*/testing/*",
    "*.dist-info/RECORD", "*.dist-info/WHEEL", "*.dist-info/top_level.txt", "*.dist-info/entry_points.txt",
    "*.dist-info/sboms/*", "*.dist-info/INSTALLER", "*.dist-info/zip-safe", "*.dist-info/REQUESTED",
    # Pictures nobody puts into a budget book: the codec alone is 8 MB. Tcl/Tk is not shipped either.
    "PIL/_avif.*", "pillow.libs/libavif-*", "PIL/_imagingtk.*", "PIL/_webp.*", "pillow.libs/libwebp*",
    "pillow.libs/libsharpyuv*",
    "lxml/includes/*", "lxml/isoschematron/*", "lxml/html/_difflib*", "lxml/objectify.*",
    "pypdfium2_cli/*", "reportlab/fonts/*.pfb", "reportlab/graphics/samples/*",
    "fontTools/ufoLib/*", "fontTools/voltLib/*", "fontTools/mtiLib/*",
)


def shipped(name: str, system: str) -> bool:
    """Say whether the file *name* of a wheel (with ``/``) is shipped on *system* (``linux`` or ``windows``)."""
    top = name.partition("/")[0]
    if top in ("PySide6", "shiboken6"):
        kept = (*_QT_COMMON, *(_QT_WINDOWS if system == "windows" else _QT_LINUX))
        return any(fnmatchcase(name, pattern) for pattern in kept)
    return not any(fnmatchcase(name, pattern) for pattern in _LEFT_OUT)
