Set-ItemProperty 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319' SchUseStrongCrypt 1
# @70-87 registry-tls-in-code warning looks like
