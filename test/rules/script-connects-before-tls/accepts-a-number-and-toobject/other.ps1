[Net.ServicePointManager]::SecurityProtocol = 3072
Get-CrmConnection -InteractiveMode
