foreach ($key in 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\.NETFramework\v4.0.30319') {
  Set-ItemProperty -Path $key -Name SchUseStrongCrypto -Value 1 -Type DWord
}
