@echo off
rem Git brings bash along on Windows, and git is a requirement of the course anyway.
setlocal
set "BASH=bash.exe"
if exist "%ProgramFiles%\Git\bin\bash.exe" set "BASH=%ProgramFiles%\Git\bin\bash.exe"
if exist "%LocalAppData%\Programs\Git\bin\bash.exe" set "BASH=%LocalAppData%\Programs\Git\bin\bash.exe"
"%BASH%" "%~dp0mlops" %*
exit /b %ERRORLEVEL%
