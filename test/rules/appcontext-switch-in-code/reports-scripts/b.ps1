[System.AppContext]::SetSwitch("Switch.System.Net.dontEnableSchUseStrongCrypto", $false)
# @33-79 appcontext-switch-in-code warning
