#!/bin/sh
# Starts Xinfang Desk with the Python and the Qt it came with, whatever the desktop has set for its own.
# Another program is asked for the place only where this name is a link or not whole: each costs milliseconds.
here=$0
case $here in /*) ;; *) here=$(readlink -f "$here") ;; esac
if [ -L "$here" ]; then here=$(readlink -f "$here"); fi
bin=${here%/*}
root=${bin%/*}

# Plug-ins and libraries of another Qt must not be mixed in.
unset QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH QT_STYLE_OVERRIDE LD_LIBRARY_PATH

# Only X11 is shipped; on a Wayland desktop the program runs through XWayland.
case ${QT_QPA_PLATFORM:-} in wayland|wayland-egl|"wayland;xcb") unset QT_QPA_PLATFORM ;; esac
if [ -n "${DISPLAY:-}" ]; then
    unset WAYLAND_DISPLAY
    XDG_SESSION_TYPE=x11
    export XDG_SESSION_TYPE
fi

exec "$root/runtime/bin/python3.11" -I -B -X utf8 -m xinfang_desk "$@"
