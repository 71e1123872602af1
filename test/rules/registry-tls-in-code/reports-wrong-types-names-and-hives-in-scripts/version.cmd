reg add "HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0" /v SchUseStrongCrypto /t REG_DWORD /d 1
# @48-52 registry-tls-in-code warning
