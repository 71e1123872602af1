reg add HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319 /v SchUseStrongCrypto /d 1 /f
# @83-84 registry-tls-in-code warning dword
