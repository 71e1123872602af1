param($Protocol)
[Net.ServicePointManager]::SecurityProtocol = $Protocol
[Net.ServicePointManager]::SecurityProtocol = (Get-Content protocol.txt)
[Contoso.ServicePointManager]::SecurityProtocol = 'Tls'
