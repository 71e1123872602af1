Enable-Tls12
Get-CrmConnection -InteractiveMode
