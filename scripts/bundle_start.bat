@echo off
rem Starts the dashboard without a network: start.bat   (set PORT=8600 before it for another port)
setlocal disabledelayedexpansion
rem a folder on another machine is given a letter; its name may have blanks and any letters
pushd "%~dp0" || exit /b 1
rem what follows is written in UTF-8, and so is what Python says, to a file too
chcp 65001 >nul
set "PYTHONUTF8=1"
set "python="
py -@PYTHON@ --version >nul 2>&1 && set "python=py -@PYTHON@"
if defined python goto found
rem without an installed Python this name only tells where to get one
python --version 2>nul | findstr /b /c:"Python @PYTHON@." >nul && set "python=python"
if not defined python goto missing
:found
%python% start.py %*
set "code=%errorlevel%"
rem a window that was opened by a double click would close on what went wrong
if not "%code%"=="0" pause
popd
exit /b %code%
:missing
@NO_PYTHON@
pause
popd
exit /b 1
