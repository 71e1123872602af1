[Net.ServicePointManager]::SecurityProtocol += [Net.SecurityProtocolType]::Tls12
Get-CrmConnection -InteractiveMode
