New-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319' -Name SchUseStrongCrypto -Value '1' -PropertyType String
#                                                                                                          ^^^ registry-tls-in-code warning dword
