reg.exe add "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319" /v SchUseStrongCrypto /t REG_DWORD /d 1 /reg:64 /f
# @71-89 registry-tls-in-code warning
