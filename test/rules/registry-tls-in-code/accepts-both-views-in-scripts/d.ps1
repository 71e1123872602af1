function Set-Strong([string] $Path) {
  Set-ItemProperty -Path $Path -Name 'SchUseStrongCrypto' -Value 1 -Type DWord
}
Set-Strong 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319'
Set-Strong -Path 'HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319'
