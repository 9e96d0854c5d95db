; The Windows installer. windows_setup.py writes what changes from build to build into build.nsh (version, sentences,
; sizes), put.nsh (every folder and file to lay down) and remove.nsh (the same names, to take away again).
;
; The installer itself is a 32-bit program, so that a 32-bit Windows too reads a sentence of ours instead of a riddle.
; Per user: nothing here needs an administrator. Exit codes of /S: 0 done, 2 broken off, 3 the program is running,
; 4 this Windows is not one the program runs on, 5 a newer version is there (/OLDER puts the old one in its place),
; 6 no room on the disk.

!include build.nsh
Unicode true
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDateSave off
SetOverwrite on
AllowSkipFiles off
CRCCheck on
XPStyle on

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\XinfangDesk"
!define BOOK_CLASS "XinfangDesk.Book"
!define LINK "${W_PROGRAM}.lnk"

Name "${W_PROGRAM}"
BrandingText "${W_PROGRAM} ${VERSION}"
OutFile "${OUT_FILE}"
InstallDir "$LOCALAPPDATA\Programs\XinfangDesk"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION4}"
VIAddVersionKey /LANG=2052 "ProductName" "${W_PROGRAM}"
VIAddVersionKey /LANG=2052 "CompanyName" "${W_PUBLISHER}"
VIAddVersionKey /LANG=2052 "FileDescription" "${W_SETUP}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "GPL-3.0-or-later"

!define MUI_ICON "app.ico"
!define MUI_UNICON "app.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "${W_WELCOME}"
!define MUI_FINISHPAGE_TEXT "${W_FINISH}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\xinfang-desk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "${W_FINISH_RUN}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${W_REMOVE}"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var Former      ; the folder of the version that is installed, '' for none
Var Upgrading   ; the uninstaller works for a newer installer: shortcuts and settings stay

!macro STOP_IF_RUNNING UN WORDS
; The program holds this name while it runs. A second look at a file covers other sessions of the same user.
Function ${UN}StopIfRunning
  Exch $R9 ; the folder to look into
  Push $0
  Push $1
  again:
  StrCpy $1 0
  System::Call 'kernel32::OpenMutexW(i 0x00100000, i 0, w "Local\XinfangDesk.Running") p .r0'
  ${If} $0 P<> 0
    System::Call 'kernel32::CloseHandle(p r0)'
    StrCpy $1 1
  ${ElseIf} ${FileExists} "$R9\runtime\python311.dll"
    ClearErrors
    FileOpen $0 "$R9\runtime\python311.dll" a
    ${If} ${Errors}
      StrCpy $1 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
  ${If} $1 = 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${WORDS}" /SD IDCANCEL IDRETRY again
    SetErrorLevel 3
    Quit
  ${EndIf}
  Pop $1
  Pop $0
  Pop $R9
FunctionEnd
!macroend
!insertmacro STOP_IF_RUNNING "" "${W_RUNNING}"
!insertmacro STOP_IF_RUNNING "un." "${W_RUNNING_REMOVE}"

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "${W_NOT_64_BIT}" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${W_TOO_OLD}" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  SetRegView 64
  ReadRegStr $Former HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $Former != ""
  ${AndIf} $INSTDIR == "$LOCALAPPDATA\Programs\XinfangDesk"
    StrCpy $INSTDIR $Former
  ${EndIf}
  ReadRegStr $R1 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $R1 != ""
    ${VersionCompare} "$R1" "${VERSION}" $R2
    ${If} $R2 = 1
      ${GetParameters} $R3
      ClearErrors
      ${GetOptions} $R3 "/OLDER" $R4
      ${If} ${Errors}
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "${W_NEWER_THERE}" /SD IDNO IDYES older
        SetErrorLevel 5
        Quit
        older:
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ${If} $Former == ""
    Push $INSTDIR
  ${Else}
    Push $Former
  ${EndIf}
  Call StopIfRunning
FunctionEnd

Section "-program"
  SectionIn RO
  SetDetailsPrint both
  ; Looked at before anything is taken away: a disk that fills up halfway would leave neither version.
  ${GetRoot} "$INSTDIR" $R1
  ${DriveSpace} "$R1\" "/D=F /S=M" $R2
  ${If} $R2 != ""
  ${AndIf} $R2 < ${ROOM_MB}
    MessageBox MB_OK|MB_ICONSTOP "${W_NO_ROOM}" /SD IDOK
    SetErrorLevel 6
    Quit
  ${EndIf}
  ${If} $Former != ""
  ${AndIf} ${FileExists} "$Former\uninstall.exe"
    ; The former version takes away its own files, so that none of them stays behind unnoticed.
    DetailPrint "${W_TAKING_OUT_OLD}"
    InitPluginsDir
    CopyFiles /SILENT "$Former\uninstall.exe" "$PLUGINSDIR\former.exe"
    ExecWait '"$PLUGINSDIR\former.exe" /S /UPGRADE _?=$Former' $0
    ${If} $0 = 3
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}

  DetailPrint "${W_COPYING}"
  SetDetailsPrint none
  !include put.nsh
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetDetailsPrint both

  ; What a file dialog starts from, where nothing else is known: the clerk's documents, not the program's folder.
  SetOutPath "$DOCUMENTS"
  CreateShortCut "$SMPROGRAMS\${LINK}" "$INSTDIR\xinfang-desk.exe" "" "$INSTDIR\xinfang-desk.exe" 0 SW_SHOWNORMAL "" "${W_DESCRIPTION}"
  ${If} $Former == ""
  ${OrIf} ${FileExists} "$DESKTOP\${LINK}"
    ; Who threw the icon off the desktop does not get it back with every new version.
    CreateShortCut "$DESKTOP\${LINK}" "$INSTDIR\xinfang-desk.exe" "" "$INSTDIR\xinfang-desk.exe" 0 SW_SHOWNORMAL "" "${W_DESCRIPTION}"
  ${EndIf}

  WriteRegStr HKCU "Software\Classes\.xfb" "" "${BOOK_CLASS}"
  WriteRegStr HKCU "Software\Classes\.xfb\OpenWithProgids" "${BOOK_CLASS}" ""
  WriteRegStr HKCU "Software\Classes\${BOOK_CLASS}" "" "${W_BOOK}"
  WriteRegStr HKCU "Software\Classes\${BOOK_CLASS}\DefaultIcon" "" "$INSTDIR\book.ico"
  WriteRegStr HKCU "Software\Classes\${BOOK_CLASS}\shell\open\command" "" '"$INSTDIR\xinfang-desk.exe" "%1"'

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${W_PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\xinfang-desk.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${W_PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function un.onInit
  SetRegView 64
  StrCpy $Upgrading 0
  ${GetParameters} $R3
  ClearErrors
  ${GetOptions} $R3 "/UPGRADE" $R4
  ${IfNot} ${Errors}
    StrCpy $Upgrading 1
  ${EndIf}
  Push $INSTDIR
  Call un.StopIfRunning
FunctionEnd

Section "Uninstall"
  SetDetailsPrint both
  DetailPrint "${W_REMOVING}"
  SetDetailsPrint none
  ; Only what was laid down, name by name: whatever else lies in the folder is somebody's.
  !include remove.nsh
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  SetDetailsPrint both
  ${If} $Upgrading = 0
    Delete "$SMPROGRAMS\${LINK}"
    Delete "$DESKTOP\${LINK}"
    ReadRegStr $0 HKCU "Software\Classes\.xfb" ""
    ${If} $0 == "${BOOK_CLASS}"
      DeleteRegValue HKCU "Software\Classes\.xfb" ""
    ${EndIf}
    DeleteRegValue HKCU "Software\Classes\.xfb\OpenWithProgids" "${BOOK_CLASS}"
    DeleteRegKey /ifempty HKCU "Software\Classes\.xfb\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "Software\Classes\.xfb"
    DeleteRegKey HKCU "Software\Classes\${BOOK_CLASS}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ${EndIf}
SectionEnd
