@echo off
rem Starts the dashboard without a network: start.bat
chcp 65001 >nul
cd /d "%~dp0"
py -@PYTHON@ --version >nul 2>&1 && (py -@PYTHON@ start.py %* & goto :eof)
python --version 2>nul | findstr /b /c:"Python @PYTHON@." >nul && (python start.py %* & goto :eof)
@NO_PYTHON@
pause
