Microsoft.Xrm.Tooling.CrmConnector.PowerShell\Get-CrmConnection -InteractiveMode
# @1-64 script-connects-before-tls warning
