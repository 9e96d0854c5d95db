/* The program's .exe: runs the CPython beside it in this same process, so that the task bar, the task manager and the
 * firewall see one program with its own name and icon.
 *
 * Compiled twice: for the window (GUI subsystem) and, with -DTERMINAL, for the terminal (console subsystem).
 * What it says stands in the string table of launcher.rc; it is not bound to a version of CPython's headers, because
 * Py_Main and its arguments have been the same since CPython 3.0.
 */
#include <windows.h>
#include <shellapi.h>
#include <stdlib.h>
#include <wchar.h>

#define ROOM 32768
#define SAY_BROKEN 1
#define SAY_WHERE 2
#define SAY_TITLE 3
/* The installer looks for this name to learn whether the program is running. */
#define RUNNING L"Local\\XinfangDesk.Running"

typedef int (*py_main)(int, wchar_t **);

static wchar_t self[ROOM], python[ROOM], text[ROOM + 1024];

static int broken(const wchar_t *file)
{
    wchar_t words[512], where[128], title[128];
    LoadStringW(NULL, SAY_BROKEN, words, 512);
    LoadStringW(NULL, SAY_WHERE, where, 128);
    LoadStringW(NULL, SAY_TITLE, title, 128);
    _snwprintf(text, ROOM + 1023, L"%ls\n\n%ls：%ls", words, where, file);
#ifdef TERMINAL
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD done;
    wcscat(text, L"\n");
    if (!WriteConsoleW(out, text, (DWORD)wcslen(text), &done, NULL)) {
        static char bytes[4 * ROOM];
        int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        WriteFile(out, bytes, (DWORD)(length > 0 ? length - 1 : 0), &done, NULL);
    }
#else
    MessageBoxW(NULL, text, title, MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#endif
    return 2;
}

static int run(void)
{
    DWORD length = GetModuleFileNameW(NULL, self, ROOM);
    if (length == 0 || length >= ROOM)
        return broken(L"xinfang-desk.exe");
    wcscpy(python, self);
    wchar_t *slash = wcsrchr(python, L'\\');
    if (slash == NULL || (slash - python) + 32 >= ROOM)
        return broken(self);
    wcscpy(slash + 1, L"runtime\\python311.dll");

    CreateMutexW(NULL, FALSE, RUNNING); /* goes with the process */
    /* With the altered search path the DLLs beside python311.dll are found, and none in the current folder. */
    HMODULE dll = LoadLibraryExW(python, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (dll == NULL)
        return broken(python);
    py_main start = (py_main)(void *)GetProcAddress(dll, "Py_Main");
    if (start == NULL)
        return broken(python);

    int count = 0;
    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);
    if (given == NULL)
        return broken(self);
    static wchar_t *fixed[] = {L"-X", L"utf8", L"-m", L"xinfang_desk"};
    const int ours = sizeof fixed / sizeof *fixed;
    wchar_t **arguments = calloc((size_t)(count + ours + 2), sizeof *arguments);
    if (arguments == NULL)
        return broken(self);
    int used = 0;
    arguments[used++] = self;
    for (int i = 0; i < ours; i++)
        arguments[used++] = fixed[i];
    for (int i = 1; i < count; i++)
        arguments[used++] = given[i];
    return start(used, arguments);
}

#ifdef TERMINAL
int wmain(void)
{
    return run();
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE former, PWSTR line, int show)
{
    (void)instance, (void)former, (void)line, (void)show;
    return run();
}
#endif
