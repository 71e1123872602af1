@echo off
for %%v in ("" "Wow6432Node\") do reg add "HKLM\SOFTWARE\%%~vMicrosoft\.NETFramework\v4.0.30319" /v SchUseStrongCrypto /t REG_DWORD /d 1 /f
reg add HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319 /v SystemDefaultTlsVersions /t REG_DWORD /d 1 /f
reg add ^
  HKLM\SOFTWARE\WOW6432Node\Microsoft\.NETFramework\v4.0.30319 ^
  /v SystemDefaultTlsVersions /t REG_DWORD /d 1 /f
