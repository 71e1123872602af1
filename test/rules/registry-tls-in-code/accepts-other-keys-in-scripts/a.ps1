Set-ItemProperty HKLM:\SOFTWARE\Contoso SchUseStrongCrypto 0
New-ItemProperty -Path HKLM:\SOFTWARE\Microsoft\.NETFramework -Name InstallRoot -Value C:\ -PropertyType String
reg add HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319 /v AspNetEnforceViewStateMac /t REG_DWORD /d 0
