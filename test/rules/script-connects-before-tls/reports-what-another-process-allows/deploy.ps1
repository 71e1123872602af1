Start-Job { [Net.ServicePointManager]::SecurityProtocol = 'Tls12' }
Get-CrmConnection -InteractiveMode
# @1-18 script-connects-before-tls warning
