#requires -Version 7
[AppContext]::SetSwitch('Switch.System.Net.DontEnableSchUseStrongCrypto', $true)
