#requires -PSEdition Desktop
# https://contoso.crm4.dynamics.com/ is not asked here.
Invoke-RestMethod https://example.com/api
Invoke-WebRequest "$env:SERVER/api"
(New-Object Net.WebClient).DownloadString('https://crm4.dynamics.com.example.com/')
[Net.WebRequest]::Create('https://crm.contoso.local/XRMServices')
