foreach ($view in 'HKLM:\SOFTWARE', 'HKLM:\SOFTWARE\Wow6432Node') {
  Set-ItemProperty -Path "$view\Microsoft\.NETFramework\v4.0.30319" -Name SchUseStrongCrypto -Value 1 -Type DWord
}
Set-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v3.0' -Name SchUseStrongCrypto -Value 1 -Type DWord
#                                                              ^^^^ registry-tls-in-code information
