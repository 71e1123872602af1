$keys = @(
  'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319'
  'HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319'
)
$keys | ForEach-Object { New-ItemProperty -Path $_ -Name SchUseStrongCrypto -Value 1 -PropertyType DWord }
