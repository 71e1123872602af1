[Net.ServicePointManager]::SecurityProtocol = 'Tls12'
. .\connect.ps1
Connect-Everything
