#!/bin/sh
# 预算公开编制台：不用管理员的安装文件。运行：sh 本文件；帮助：sh 本文件 --help
# Xinfang Desk, installed for one user without root. After the line "exit" come two archives.
set -eu
VERSION='@VERSION@'
HEAD=@HEAD@
RUNTIME=@RUNTIME@
SUM='@SUM@'
GLIBC_MINOR=28
NEEDS_KB=@NEEDS_KB@

say() {
    printf '%s\n' "$1"
    # By double click there is no terminal to read: show it in a window where a desktop has something for that.
    if [ ! -t 1 ] && [ -n "${DISPLAY:-}" ] && [ -z "${XINFANG_QUIET:-}" ]; then
        if command -v zenity >/dev/null 2>&1; then zenity --info --no-markup --title='预算公开编制台' --text="$1" 2>/dev/null || :
        elif command -v kdialog >/dev/null 2>&1; then kdialog --title '预算公开编制台' --msgbox "$1" 2>/dev/null || :
        elif command -v notify-send >/dev/null 2>&1; then notify-send '预算公开编制台' "$1" 2>/dev/null || :
        fi
    fi
}
refuse() { say "没有安装：$1"; exit 1; }

file=$0
data=${XDG_DATA_HOME:-${HOME:-}/.local/share}
root=$data/xinfang-desk-program
mode=install
for word do
    case $word in
        --uninstall) mode=uninstall ;;
        --check) mode=check ;;
        -h|--help)
            printf '%s\n' \
                "预算公开编制台 $VERSION：装到当前用户的 $root，不用管理员。" \
                "  sh $file              安装，或换下旧版本；账册和设置不动" \
                "  sh $file --check      只核对这个安装文件是否完整" \
                "  sh $file --uninstall  卸载；账册和设置留在原处"
            exit 0 ;;
        *) printf '%s\n' "不认识“$word”。用 --help 看用法。" >&2; exit 2 ;;
    esac
done

if [ "$mode" = uninstall ]; then
    [ -x "$root/current/bin/uninstall" ] || { say "这个用户没有装过预算公开编制台，不用卸载。"; exit 0; }
    exec "$root/current/bin/uninstall"
fi

if command -v sha256sum >/dev/null 2>&1; then
    found=$(tail -c +$((HEAD + 1)) "$file" | sha256sum | cut -d' ' -f1)
else
    refuse "这台电脑没有 sha256sum，核对不了安装文件是否完整。请管理员安装 coreutils。"
fi
[ "$found" = "$SUM" ] || refuse "安装文件不完整，可能没有复制完，或被改动过。请从原处重新复制一份再试。"
if [ "$mode" = check ]; then say "安装文件完整（$VERSION）。"; exit 0; fi

[ "$(id -u)" != 0 ] || say "提醒：现在是管理员（root）在安装，只有 root 自己能用。请用平时登录的用户运行。"
[ -n "$data" ] && [ "$data" != /.local/share ] || refuse "不知道当前用户的主目录在哪里（HOME 没有设）。"
system=$(uname -s) machine=$(uname -m)
[ "$system" = Linux ] || refuse "这个安装文件用于 Linux，这台电脑是 $system。"
case $machine in
    x86_64|amd64) ;;
    *) refuse "这个安装文件用于 x86_64（英特尔、兆芯、海光）的电脑，这台是 $machine。" ;;
esac
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null || :)
case $libc in
    'glibc 2.'*)
        minor=${libc#glibc 2.}
        minor=${minor%%.*}
        [ "$minor" -ge "$GLIBC_MINOR" ] || refuse "系统的 C 库是 $libc，太旧；要 glibc 2.$GLIBC_MINOR 以上（统信UOS 20、麒麟 V10、Debian 10 起）。" ;;
    glibc*) ;;
    *) refuse "这个系统没有 glibc（查到的是“${libc:-无}”），程序在上面运行不了。" ;;
esac
for tool in tar gzip tail head; do
    command -v "$tool" >/dev/null 2>&1 || refuse "缺少系统程序 $tool，请管理员安装。"
done
mkdir -p "$root" 2>/dev/null || refuse "不能在 $data 里建文件夹，请看这个文件夹是否只读。"
free=$(df -Pk "$root" | awk 'NR == 2 { print $4 }')
[ "${free:-0}" -ge "$NEEDS_KB" ] 2>/dev/null || refuse "磁盘空间不够：$data 所在的盘还要 $((NEEDS_KB / 1024)) MB，现有 $((${free:-0} / 1024)) MB。"

fresh=$root/new.$$
trap 'rm -rf "$fresh"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$fresh"
printf '正在安装预算公开编制台 %s……\n' "$VERSION"
umask 022
tail -c +$((HEAD + 1)) "$file" | head -c "$RUNTIME" | tar -xzf - -C "$fresh" ||
    refuse "解不开安装文件，请看磁盘是否已满。"
"$fresh/runtime/bin/python3.11" -I -B -c '' 2>/dev/null ||
    refuse "自带的程序在这台电脑上不能运行。可能是系统不许运行用户目录里的程序（noexec 或安全中心的“应用保护”），请管理员放行，或改用 .deb 安装包。"
answer=$("$fresh/runtime/bin/python3.11" -I -B -X utf8 "$fresh/install.py" install "$root" "$fresh" "$file" $((HEAD + RUNTIME))) || {
    say "没有安装：${answer:-安装程序自己出了错，什么都没有改动。}"
    exit 1
}
say "$answer"
exit 0
