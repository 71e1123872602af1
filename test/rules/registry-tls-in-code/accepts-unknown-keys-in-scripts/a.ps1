Set-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319' -Name SchUseStrongCrypto -Value 1 -Type DWord
Set-ItemProperty -Path $other -Name SchUseStrongCrypto -Value 1 -Type DWord
