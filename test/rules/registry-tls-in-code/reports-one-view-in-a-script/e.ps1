reg add "HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\.NETFramework\v4.0.30319" /v SchUseStrongCrypto /t REG_DWORD /d 1 /reg:32 /f
#                                                                           ^^^^^^^^^^^^^^^^^^ registry-tls-in-code warning
