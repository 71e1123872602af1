[Net.ServicePointManager]::SecurityProtocol = 'Tls'
Invoke-RestMethod https://contoso.crm4.dynamics.com/api/data/v9.2/WhoAmI
