Start-Process reg -ArgumentList 'add HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319 /v SchUseStrongCrypto /t REG_DWORD /d 1 /f /reg:64' -Wait
Start-Process reg.exe -ArgumentList 'add HKLM\SOFTWARE\Microsoft\.NETFramework\v4.0.30319 /v SchUseStrongCrypto /t REG_DWORD /d 1 /f /reg:32' -Wait
Start-Process $program -ArgumentList $arguments
