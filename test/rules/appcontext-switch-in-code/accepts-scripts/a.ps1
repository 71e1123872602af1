[AppContext]::SetSwitch('Switch.System.Net.DontEnableSchUseStrongCrypto', $false)
[AppContext]::SetSwitch('Switch.Contoso.Something', $true)
