[AppContext]::SetSwitch('Switch.System.Net.DontEnableSchUseStrongCrypto', $true)
# @75-80 appcontext-switch-in-code error
