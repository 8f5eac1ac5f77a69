@echo off
rem Git brings bash along on Windows, and git is a requirement of the course anyway. The bash.exe of Windows itself is WSL: another system.
setlocal
set "BASH="
for %%g in (git.exe) do if not "%%~$PATH:g"=="" if exist "%%~dp$PATH:g..\bin\bash.exe" set "BASH=%%~dp$PATH:g..\bin\bash.exe"
for %%d in ("%LocalAppData%\Programs" "%ProgramFiles%" "%ProgramW6432%") do if exist "%%~d\Git\bin\bash.exe" set "BASH=%%~d\Git\bin\bash.exe"
if not defined BASH (
  echo mlops: Git for Windows is missing ^(it brings the shell for the set-up^). Install it:  winget install Git.Git 1>&2
  exit /b 2
)
"%BASH%" "%~dp0mlops" %*
exit /b %ERRORLEVEL%
