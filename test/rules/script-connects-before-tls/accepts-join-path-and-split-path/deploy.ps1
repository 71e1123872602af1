$here = Split-Path -Parent $MyInvocation.MyCommand.Path
. (Join-Path $here 'tls.ps1')
Get-CrmConnection -InteractiveMode
