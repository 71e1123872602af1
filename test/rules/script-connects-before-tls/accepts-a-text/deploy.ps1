[Net.ServicePointManager]::SecurityProtocol = "tls12, tls11"
Get-CrmConnection -InteractiveMode
