Set-ItemProperty 'HKCU:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319' SchUseStrongCrypto 1
# @19-24 registry-tls-in-code warning HKEY_LOCAL_MACHINE only
