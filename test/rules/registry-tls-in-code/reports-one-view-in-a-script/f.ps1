sp HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319 SchUseStrongCrypto 1 -Type DWord
# @54-72 registry-tls-in-code warning
