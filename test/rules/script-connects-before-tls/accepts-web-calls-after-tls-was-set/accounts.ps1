[Net.ServicePointManager]::SecurityProtocol = 'Tls12'
Invoke-RestMethod https://contoso.crm4.dynamics.com/api/data/v9.2/accounts
(New-Object Net.WebClient).DownloadString('https://contoso.crm4.dynamics.com/')
